import { tensor, tidy } from '@tensorflow/tfjs-core';
import type { LayersModel } from '@tensorflow/tfjs-layers';
import type { NamedTensor } from '../contract/training.ts';

/** Copies all weights out of a model, in LayersModel order: trainable ones first, then moving averages. */
export function modelWeights(model: LayersModel): NamedTensor[] {
  return model.weights.map((variable) => {
    const value = variable.read();
    return {
      name: variable.originalName,
      shape: [...value.shape],
      // Some backends hand out their own storage: copy, so that training on does not change what was read.
      data: Float32Array.from(value.dataSync()),
    };
  });
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
