/** Indices of at most `most` of `length` items, in the middle of equally long stretches. */
export function evenlySpaced(length: number, most: number): number[] {
  const count = Math.min(length, most);
  return Array.from({ length: count }, (_, i) => Math.floor(((i + 0.5) * length) / count));
}
