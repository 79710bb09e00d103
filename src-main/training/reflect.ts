/** Position inside [0, length) that reflection padding shows at `position`: ... 2 1 | 0 1 2 ... n-1 | n-2 n-3 ... */
export function reflect(position: number, length: number): number {
  if (length === 1) return 0;
  const period = 2 * (length - 1);
  const wrapped = ((position % period) + period) % period;
  return wrapped < length ? wrapped : period - wrapped;
}
