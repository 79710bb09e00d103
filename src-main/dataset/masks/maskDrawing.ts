import { flatness } from '../doctor/flatness.ts';
import { isNear, LOYAL, STRAY } from './nearColour.ts';
import type { MaskPlane } from './maskPlane.ts';
import { twoHeaps } from './twoHeaps.ts';

/**
 * How the values of a mask came about:
 * - drawn: they name areas
 * - damaged: lossy compression or smoothing has spread them
 * - photo: they vary as those of a photograph, which is no mask
 */
export type MaskDrawing = 'drawn' | 'damaged' | 'photo';

/** Share of label pixels that equal their neighbour from which values count as drawn, not measured; the same of colours. */
const FLAT = 0.5;
const FLAT_COLOURS = 0.6;
/** Share of steps of 1 or 2 above which many values are shades: ids of touching objects seldom follow each other. */
const GENTLE = 0.5;
/** Up to so many labels, steps of 1 or 2 are what labels have. */
const FEW_LABELS = 16;
/** Least range of a compressed black-and-white mask. */
const COMPRESSED_SPAN = 64;
/** Distinct values after which counting stops: nothing depends on the exact number beyond it. */
const MANY_VALUES = 65_537;
/** More colours than this are no classes; they may still be one colour per object. */
export const MANY_COLOURS = 32;
/** How many pixels of a compressed mask stay close to its few colours, and how many of these it is expected to have at most. */
const LOYAL_SHARE = 0.88;
const FEW_COLOURS = 6;

/** @param lossy the file format may have changed the values */
export function maskDrawing(plane: MaskPlane, lossy: boolean): MaskDrawing {
  return plane.kind === 'colours' ? colourDrawing(plane, lossy) : greyDrawing(plane, lossy);
}

function greyDrawing({ keys, width }: MaskPlane, lossy: boolean): MaskDrawing {
  const distinct = distinctValues(keys);
  if ((distinct.size <= 2 && !lossy) || distinct.size === 1) return 'drawn';
  const [least, most] = range(distinct);
  const span = most - least;
  const heaps = twoHeaps(keys, width, least, span);
  // Coarse compression leaves flat patches too, so this question comes before that of labels.
  const compressed = heaps.areTwo && heaps.areSpread && span >= COMPRESSED_SPAN;
  if (!lossy && !compressed && [...distinct].every(Number.isInteger)) {
    if (looksLabelled(keys, width, least, most, distinct.size)) return 'drawn';
  }
  return heaps.areTwo ? 'damaged' : 'photo';
}

/** Areas of equal value, and steps between them that are not the small ones of a photograph's shades. */
function looksLabelled(
  values: ArrayLike<number>,
  width: number,
  least: number,
  most: number,
  distinct: number,
): boolean {
  const gentle = (a: number, b: number): boolean => Math.abs(a - b) <= 2;
  const between = flatness(values, width, gentle, (value) => value > least && value < most);
  if (between.equal < FLAT) return false;
  return distinct <= FEW_LABELS || flatness(values, width, gentle).gentle <= GENTLE;
}

/**
 * Whether compression has spread colours shows in how closely pixels keep to the few most frequent ones: within a step or two in a
 * mask, all over the place in a photograph.
 */
function colourDrawing({ keys, width }: MaskPlane, lossy: boolean): MaskDrawing {
  const shades = flatness(keys, width, (a, b) => isNear(a, b, 2));
  const many = distinctValues(keys).size > MANY_COLOURS;
  if (!lossy && shades.equal >= FLAT_COLOURS && !(many && shades.gentle > GENTLE)) return 'drawn';
  const colours = frequentColours(keys);
  let loyal = 0;
  for (let pixel = 0; pixel < keys.length; pixel += 1) {
    const key = keys[pixel] ?? 0;
    if (colours.some((colour) => isNear(key, colour, LOYAL))) loyal += 1;
  }
  return loyal >= LOYAL_SHARE * keys.length ? 'damaged' : 'photo';
}

/** The most frequent colours that are not shades of a more frequent one. */
function frequentColours(keys: ArrayLike<number>): number[] {
  const counts = new Map<number, number>();
  for (let pixel = 0; pixel < keys.length; pixel += 1) {
    const coarse = (keys[pixel] ?? 0) & 0xf8f8f8;
    counts.set(coarse, (counts.get(coarse) ?? 0) + 1);
  }
  const colours: number[] = [];
  for (const [colour] of [...counts].sort((a, b) => b[1] - a[1]).slice(0, 64)) {
    const centre = colour + 0x040404;
    if (colours.length < FEW_COLOURS && !colours.some((found) => isNear(centre, found, STRAY)))
      colours.push(centre);
  }
  return colours;
}

/** Different values, of at most MANY_VALUES. */
export function distinctValues(values: ArrayLike<number>): Set<number> {
  const distinct = new Set<number>();
  let last = Number.NaN;
  for (let index = 0; index < values.length && distinct.size < MANY_VALUES; index += 1) {
    const value = values[index] ?? 0;
    if (value !== last) distinct.add(value);
    last = value;
  }
  return distinct;
}

/** Smallest and largest of some values. */
export function range(values: Iterable<number>): [least: number, most: number] {
  let least = Number.POSITIVE_INFINITY;
  let most = Number.NEGATIVE_INFINITY;
  for (const value of values) {
    least = Math.min(least, value);
    most = Math.max(most, value);
  }
  return [least, most];
}
