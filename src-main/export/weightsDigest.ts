import { createHash } from 'node:crypto';
import type { NamedTensor } from '#common/training/training.ts';

/** SHA-256 (hex) over names, shapes and little-endian values of weights in order. */
export function weightsDigest(weights: readonly NamedTensor[]): string {
  const hash = createHash('sha256');
  for (const { name, shape, data } of weights) {
    hash.update(`${name} ${shape.join('x')}\n`);
    hash.update(new Uint8Array(data.buffer, data.byteOffset, data.byteLength));
  }
  return hash.digest('hex');
}
