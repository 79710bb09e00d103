/**
 * Share of horizontally neighbouring pixel pairs with equal values, among the pairs whose left pixel `counts`; 1 when
 * there are none. Drawn labels are near 1, photographs and blurred edges near 0.
 *
 * @param keys one comparable value per pixel, row by row
 */
export function flatness(
  keys: ArrayLike<number>,
  width: number,
  counts: (key: number) => boolean = () => true,
): number {
  let pairs = 0;
  let equal = 0;
  for (let index = 0; index + 1 < keys.length; index += 1) {
    const key = keys[index] ?? 0;
    if ((index + 1) % width === 0 || !counts(key)) continue;
    pairs += 1;
    if (key === keys[index + 1]) equal += 1;
  }
  return pairs === 0 ? 1 : equal / pairs;
}
