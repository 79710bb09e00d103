import { tensor, tidy, type Tensor } from '@tensorflow/tfjs-core';
import type { LayersModel } from '@tensorflow/tfjs-layers';
import type { NamedTensor } from '#common/training/training.ts';

/** Copies all weights out of a model, in LayersModel order: trainable ones first, then moving averages. */
export function modelWeights(model: LayersModel): NamedTensor[] {
  return model.weights.map((weight) => {
    const value = weight.read();
    return namedCopy(weight.originalName, value, value.dataSync());
  });
}

/** As `modelWeights`, without holding up this thread until the device has answered. */
export function readModelWeights(model: LayersModel): Promise<NamedTensor[]> {
  return Promise.all(
    model.weights.map(async (weight) => {
      const value = weight.read();
      return namedCopy(weight.originalName, value, await value.data());
    }),
  );
}

/**
 * A copy of a tensor's values, for storing. Some backends hand out their own storage: without the copy, training on
 * would change what was read.
 */
export function namedCopy(name: string, tensor: Tensor, values: ArrayLike<number>): NamedTensor {
  return { name, shape: [...tensor.shape], data: Float32Array.from(values) };
}

/**
 * Writes weights into a model.
 * @throws Error when number, order or shapes differ: the weights are another network's.
 */
export function setModelWeights(model: LayersModel, weights: readonly NamedTensor[]): void {
  const variables = model.weights;
  if (variables.length !== weights.length) {
    throw new Error(`The network has ${variables.length} weight tensors, ${weights.length} were given.`);
  }
  tidy(() => {
    for (const [index, variable] of variables.entries()) {
      const weight = weights[index];
      if (!weight || weight.shape.join() !== variable.shape.join()) {
        throw new Error(
          `${variable.originalName} has shape [${variable.shape.join()}], ${weight?.name} has [${weight?.shape.join()}].`,
        );
      }
      variable.write(tensor(weight.data, [...weight.shape]));
    }
  });
}
