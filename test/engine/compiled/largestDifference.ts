import type { NamedTensor } from '#common/training/training.ts';

type Values = ArrayLike<number>;

/** The largest difference between two arrays. */
export function largestDifference(a: Values, b: Values): number {
  let largest = a.length === b.length ? 0 : Infinity;
  for (let i = 0; i < a.length; i++) largest = Math.max(largest, Math.abs((a[i] ?? NaN) - (b[i] ?? NaN)));
  return largest;
}

/** For each tensor, the largest difference over the largest magnitude in `expected` (at least `floor`). */
export function relativeDifferences(
  actual: readonly NamedTensor[],
  expected: readonly NamedTensor[],
  floor = 1e-3,
): { name: string; difference: number }[] {
  return expected.map(({ name, data }, index) => {
    const magnitude = data.reduce((largest, value) => Math.max(largest, Math.abs(value)), floor);
    return { name, difference: largestDifference(actual[index]?.data ?? [], data) / magnitude };
  });
}
