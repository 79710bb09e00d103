import type { NamedTensor } from '../training/training.ts';
import { CcnetError } from '../errors.ts';
import type { FactsOf } from '../failures/failures.ts';
import type { WeightShape } from './layerWeights.ts';

/**
 * Finds a network's weights among given ones by their names, in whatever order those were stored.
 * @returns the values in the order of `wanted`
 * @throws other-weights when number, names or shapes differ.
 */
export function matchWeights(
  wanted: readonly WeightShape[],
  given: readonly NamedTensor[],
): readonly Float32Array[] {
  if (given.length !== wanted.length) throw otherWeights('count', '', wanted.length, given.length);
  const byName = new Map(given.map((tensor) => [tensor.name, tensor]));
  return wanted.map(({ name, shape }) => {
    const tensor = byName.get(name);
    if (!tensor) throw otherWeights('name', name, '', '');
    if (tensor.shape.join() !== shape.join())
      throw otherWeights('shape', name, shape.join(), tensor.shape.join());
    return tensor.data;
  });
}

function otherWeights(
  difference: FactsOf<'other-weights'>['difference'],
  tensor: string,
  wanted: string | number,
  given: string | number,
): CcnetError {
  return new CcnetError('other-weights', {
    difference,
    tensor,
    wanted: String(wanted),
    given: String(given),
  });
}
