import type { NamedTensor } from '../training/training.ts';
import { CcnetError } from '../errors.ts';
import { sizeOf, type WeightShape } from './layerWeights.ts';
import { matchWeights } from './matchWeights.ts';

/**
 * Refuses weights with which a network would compute nothing: of another number, name or shape, with other than as many values as their
 * shape says, not finite, or a negative variance. They may come from a stranger's file.
 * @throws other-weights
 */
export function requireSoundWeights(wanted: readonly WeightShape[], given: readonly NamedTensor[]): void {
  const found = matchWeights(wanted, given);
  for (const [index, { name, role, shape }] of wanted.entries()) {
    const data = found[index] ?? new Float32Array();
    const [size, length] = [sizeOf(shape), data.length];
    if (length !== size) throw unsound('shape', name, `${size} values`, `${length} values`);
    const least = role === 'moving_variance' ? 0 : -Infinity;
    if (!data.every((value) => Number.isFinite(value) && value >= least))
      throw unsound('values', name, '', '');
  }
}

function unsound(difference: 'shape' | 'values', tensor: string, wanted: string, given: string): CcnetError {
  return new CcnetError('other-weights', { difference, tensor, wanted, given });
}
