/** Ringing of JPEG and soft outlines stay within a few pixels of the outline; a photograph's middle tones do not. */
const MIDDLE_PER_CROSSING = 10;
const LEAST_IN_HEAPS = 0.8;

/** How the values of a grey mask gather at the two ends of their range. */
export interface Heaps {
  /** Most pixels lie in the lowest or highest eighth of the range, and those between lie along the outline. */
  readonly areTwo: boolean;
  /** Both ends hold several values, as compression leaves them; labels do not. */
  readonly areSpread: boolean;
}

/**
 * Tells a mask whose values were spread around black and white from a photograph. Thresholds were set on the real
 * sets of the development data: middle pixels per crossing of half range are at most 6 for masks compressed at
 * JPEG quality 20 to 95 or blurred with sigma 3, and 9 or more for photographs with as few middle tones.
 *
 * @param least smallest value @param span largest minus smallest value, above 0
 */
export function twoHeaps(values: ArrayLike<number>, width: number, least: number, span: number): Heaps {
  const half = least + span / 2;
  const lowValues = new Set<number>();
  const highValues = new Set<number>();
  let low = 0;
  let high = 0;
  let crossings = 0;
  for (let index = 0; index < values.length; index += 1) {
    const value = values[index] ?? 0;
    const place = (value - least) / span;
    if (place <= 1 / 8) {
      low += 1;
      if (lowValues.size < 3) lowValues.add(value);
    } else if (place >= 7 / 8) {
      high += 1;
      if (highValues.size < 3) highValues.add(value);
    }
    const right = (index + 1) % width === 0 ? value : (values[index + 1] ?? value);
    const below = values[index + width] ?? value;
    if (value > half !== right > half) crossings += 1;
    if (value > half !== below > half) crossings += 1;
  }
  const middle = values.length - low - high;
  return {
    areTwo:
      low + high >= LEAST_IN_HEAPS * values.length &&
      middle <= Math.min(low, high, MIDDLE_PER_CROSSING * crossings),
    areSpread: lowValues.size >= 3 && highValues.size >= 3,
  };
}
