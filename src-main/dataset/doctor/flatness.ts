/** How horizontal neighbours differ: what tells drawn labels from photographs. */
export interface Flatness {
  /** Share of pixel pairs with equal values; 1 when there are no pairs. Near 1 for labels, low for photographs. */
  readonly equal: number;
  /** Share of the unequal pairs that differ by a hair only; 0 when there are none. High for photographs with large dark areas. */
  readonly gentle: number;
}

/**
 * Compares every pixel that `counts` with its right neighbour.
 *
 * @param keys one comparable value per pixel, row by row
 * @param isGentle whether two different values are next to each other in the sense of the medium
 */
export function flatness(
  keys: ArrayLike<number>,
  width: number,
  isGentle: (a: number, b: number) => boolean,
  counts: (key: number) => boolean = () => true,
): Flatness {
  let pairs = 0;
  let equal = 0;
  let gentle = 0;
  for (let index = 0; index + 1 < keys.length; index += 1) {
    const key = keys[index] ?? 0;
    if ((index + 1) % width === 0 || !counts(key)) continue;
    const right = keys[index + 1] ?? 0;
    pairs += 1;
    if (key === right) equal += 1;
    else if (isGentle(key, right)) gentle += 1;
  }
  return {
    equal: pairs === 0 ? 1 : equal / pairs,
    gentle: pairs === equal ? 0 : gentle / (pairs - equal),
  };
}
