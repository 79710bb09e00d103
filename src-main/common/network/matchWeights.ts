import type { NamedTensor } from '../training/training.ts';
import { CcnetError } from '../errors.ts';
import type { WeightShape } from './layerWeights.ts';

/** Stored weights do not belong to the network that is to take them. */
export class OtherWeightsError extends CcnetError {
  constructor(reason: string) {
    super(
      `These are the weights of another network: ${reason}.`,
      'Train the network again, or take the project file from a backup.',
    );
  }
}

/**
 * Finds a network's weights among given ones by their names, in whatever order those were stored.
 * @returns the values in the order of `wanted`
 * @throws OtherWeightsError when number, names or shapes differ.
 */
export function matchWeights(
  wanted: readonly WeightShape[],
  given: readonly NamedTensor[],
): readonly Float32Array[] {
  if (given.length !== wanted.length)
    throw new OtherWeightsError(`it has ${wanted.length} tensors, ${given.length} were given`);
  const byName = new Map(given.map((tensor) => [tensor.name, tensor]));
  return wanted.map(({ name, shape }) => {
    const tensor = byName.get(name);
    if (!tensor) throw new OtherWeightsError(`its ${name} is not among them`);
    if (tensor.shape.join() !== shape.join())
      throw new OtherWeightsError(
        `its ${name} has shape [${shape.join()}], that of the given one is [${tensor.shape.join()}]`,
      );
    return tensor.data;
  });
}
