/** What make_torch_vectors.py keeps of a tensor. */
export interface StoredTensor {
  readonly name: string;
  readonly size: number;
  /** `values` are those at 0, stride, 2 stride, ... */
  readonly stride: number;
  /** Root of the sum of the squares of all values. */
  readonly norm: number;
  /** Little-endian float32 in base64. */
  readonly values: string;
}

/**
 * How far an array is from a stored one: the larger of the difference of the kept values, as the norm of the difference
 * over the norm of the values, and of the relative difference of the norms of all values.
 * @param floor smallest norm per root of the number of values that counts as a size
 */
export function distance(actual: Float32Array, expected: StoredTensor, floor: number): number {
  if (actual.length !== expected.size) return Infinity;
  const bytes = Buffer.from(expected.values, 'base64');
  let difference = 0;
  let size = 0;
  for (let i = 0; i * 4 < bytes.length; i++) {
    const value = bytes.readFloatLE(i * 4);
    difference += (value - (actual[i * expected.stride] ?? NaN)) ** 2;
    size += value ** 2;
  }
  const kept = bytes.length / 4;
  const norm = Math.sqrt(actual.reduce((sum, value) => sum + value ** 2, 0));
  return Math.max(
    Math.sqrt(difference) / Math.max(Math.sqrt(size), floor * Math.sqrt(kept)),
    Math.abs(norm - expected.norm) / Math.max(expected.norm, floor * Math.sqrt(expected.size)),
  );
}
