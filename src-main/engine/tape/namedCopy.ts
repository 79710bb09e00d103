import type { Tensor } from '@tensorflow/tfjs-core';
import type { NamedTensor } from '#common/training/training.ts';

/**
 * A copy of a tensor's values, for storing. Some backends hand out their own storage: without the copy, training on
 * would change what was read.
 */
export function namedCopy(name: string, tensor: Tensor, values: ArrayLike<number>): NamedTensor {
  return { name, shape: [...tensor.shape], data: Float32Array.from(values) };
}
