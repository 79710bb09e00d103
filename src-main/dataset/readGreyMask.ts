import { borderValue } from './borderValue.ts';
import { flatness } from './flatness.ts';
import { foregroundWhere } from './foregroundWhere.ts';
import type { MaskReading } from './maskReading.ts';

/** Share of label pixels that equal their neighbour from which values count as drawn, not measured. */
const FLAT = 0.5;

/** Distinct values after which counting stops: nothing depends on the exact number beyond it. */
const MANY_VALUES = 65_537;

/**
 * Reads the foreground of a one-channel mask: 0/1, 0/255, or ids, where 0 is background; or values that JPEG or
 * smoothing has spread around black and white, which are cut at half the range.
 *
 * @param values height * width values of any depth
 * @param lossy the file format may have changed the values
 */
export function readGreyMask(
  values: ArrayLike<number>,
  width: number,
  height: number,
  lossy: boolean,
): MaskReading {
  const distinct = distinctValues(values);
  const [least = 0, most = 0] = range(distinct);
  if (distinct.size <= 2 && !lossy) return readTwoValues(values, width, height, distinct);
  if (distinct.size === 1) return readTwoValues(values, width, height, distinct);

  const span = most - least;
  const { low, middle, high } = shares(values, least, span);
  const isBetween = (value: number): boolean => value > least && value < most;
  const drawn = !lossy && flatness(values, width, isBetween) >= FLAT;
  if (drawn && [...distinct].every(Number.isInteger)) return readLabels(values, width, height, distinct);
  // Two heaps and little between them: a mask that was compressed or smoothed.
  const twoHeaps = low + high >= 0.85 && high >= middle && low >= middle;
  const threshold = least + span / 2;
  return {
    foreground: foregroundWhere(values, (value) => value > threshold),
    reading: 'thresholded',
    doubts: [twoHeaps ? 'damaged' : 'photo'],
  };
}

function readTwoValues(
  values: ArrayLike<number>,
  width: number,
  height: number,
  distinct: ReadonlySet<number>,
): MaskReading {
  if (distinct.has(0)) return { foreground: nonZero(values), reading: 'binary', doubts: [] };
  // One value other than 0 covers everything: a full mask, no guess.
  if (distinct.size === 1) return { foreground: nonZero(values), reading: 'binary', doubts: [] };
  return { ...readLabels(values, width, height, distinct), reading: 'binary' };
}

function readLabels(
  values: ArrayLike<number>,
  width: number,
  height: number,
  distinct: ReadonlySet<number>,
): MaskReading {
  if (distinct.has(0)) return { foreground: nonZero(values), reading: 'instances', doubts: [] };
  const background = borderValue(values, width, height);
  return {
    foreground: foregroundWhere(values, (value) => value !== background),
    reading: 'instances',
    doubts: ['background-guessed'],
  };
}

function nonZero(values: ArrayLike<number>): Uint8Array {
  return foregroundWhere(values, (value) => value !== 0);
}

function distinctValues(values: ArrayLike<number>): Set<number> {
  const distinct = new Set<number>();
  let last = Number.NaN;
  for (let index = 0; index < values.length && distinct.size < MANY_VALUES; index += 1) {
    const value = values[index] ?? 0;
    if (value !== last) distinct.add(value);
    last = value;
  }
  return distinct;
}

function range(distinct: ReadonlySet<number>): [number, number] {
  let least = Number.POSITIVE_INFINITY;
  let most = Number.NEGATIVE_INFINITY;
  for (const value of distinct) {
    least = Math.min(least, value);
    most = Math.max(most, value);
  }
  return [least, most];
}

/** Shares of pixels in the lowest eighth of the range, the highest eighth, and between. */
function shares(
  values: ArrayLike<number>,
  least: number,
  span: number,
): { low: number; middle: number; high: number } {
  let low = 0;
  let high = 0;
  for (let index = 0; index < values.length; index += 1) {
    const place = ((values[index] ?? 0) - least) / span;
    if (place <= 1 / 8) low += 1;
    else if (place >= 7 / 8) high += 1;
  }
  const pixels = values.length;
  return { low: low / pixels, high: high / pixels, middle: (pixels - low - high) / pixels };
}
