import { borderValue } from './borderValue.ts';
import { flatness } from '../doctor/flatness.ts';
import { foregroundWhere } from './foregroundWhere.ts';
import type { MaskReading } from './maskReading.ts';
import { twoHeaps } from './twoHeaps.ts';

/** Share of label pixels that equal their neighbour from which values count as drawn, not measured. */
const FLAT = 0.5;

/** Share of steps of 1 or 2 above which many values are shades: ids of touching objects seldom follow each other. */
const GENTLE = 0.5;
/** Up to so many labels, steps of 1 or 2 are what labels have. */
const FEW_LABELS = 16;
/** Least range of a compressed black-and-white mask. */
const COMPRESSED_SPAN = 64;

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
  const heaps = twoHeaps(values, width, least, span);
  // Coarse compression leaves flat patches too, so this question comes before that of labels.
  const compressed = heaps.areTwo && heaps.areSpread && span >= COMPRESSED_SPAN;
  const isLabelled = (): boolean =>
    [...distinct].every(Number.isInteger) && looksDrawn(values, width, least, most, distinct.size);
  if (!lossy && !compressed && isLabelled()) return readLabels(values, width, height, distinct);
  const threshold = least + span / 2;
  return {
    foreground: foregroundWhere(values, (value) => value > threshold),
    reading: 'thresholded',
    doubts: [heaps.areTwo ? 'damaged' : 'photo'],
  };
}

/** Areas of equal value, and steps between them that are not the small ones of a photograph's shades. */
function looksDrawn(
  values: ArrayLike<number>,
  width: number,
  least: number,
  most: number,
  distinct: number,
): boolean {
  const isGentle = (a: number, b: number): boolean => Math.abs(a - b) <= 2;
  const between = flatness(values, width, isGentle, (value) => value > least && value < most);
  if (between.equal < FLAT) return false;
  return distinct <= FEW_LABELS || flatness(values, width, isGentle).gentle <= GENTLE;
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
