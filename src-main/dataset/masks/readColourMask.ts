import { borderValue } from './borderValue.ts';
import { flatness } from '../doctor/flatness.ts';
import { foregroundWhere } from './foregroundWhere.ts';
import type { MaskReading } from './maskReading.ts';
import type { Raster } from '../decoding/raster.ts';

/** Share of equal neighbours from which colours count as drawn. */
const FLAT = 0.6;
/** Share of small steps above which many colours are the shades of a photograph. */
const GENTLE = 0.5;
/** More colours than this are no classes; they may still be one colour per object. */
const MANY_COLOURS = 32;
/** Least share of black pixels that makes black the background, wherever it lies. */
const BLACK_SHARE = 0.01;
/** Channel distance (8-bit) within which lossy compression moves a colour. */
const STRAY = 48;
/** Channel distance within which most pixels of a compressed mask stay, and how many do. */
const LOYAL = 12;
const LOYAL_SHARE = 0.88;
/** Colours that a compressed mask is expected to have at most. */
const FEW_COLOURS = 6;

/**
 * Reads the foreground of an RGB mask: every colour that is not the background. Background is black where there is any
 * to speak of, otherwise the most frequent colour of the border.
 *
 * @param lossy the file format may have changed the values
 */
export function readColourMask(raster: Raster, lossy: boolean): MaskReading {
  const { width, height } = raster;
  const keys = colourKeys(raster);
  const drawn = flatness(keys, width, isGentle);
  if (lossy || drawn.equal < FLAT) return readStrayColours(keys, width, height);
  const counts = countValues(keys);
  if (counts.size > MANY_COLOURS && drawn.gentle > GENTLE) return readStrayColours(keys, width, height);
  const isBlack = (counts.get(0) ?? 0) >= BLACK_SHARE * keys.length;
  const background = isBlack ? 0 : borderValue(keys, width, height);
  return {
    foreground: foregroundWhere(keys, (key) => key !== background),
    reading: 'colour',
    doubts: [
      ...(isBlack ? [] : (['background-guessed'] as const)),
      ...(counts.size > MANY_COLOURS ? (['many-colours'] as const) : []),
    ],
  };
}

/** Two shades that differ by at most 2 in every channel. */
function isGentle(a: number, b: number): boolean {
  return [16, 8, 0].every((shift) => Math.abs(((a >> shift) & 255) - ((b >> shift) & 255)) <= 2);
}

/**
 * Colours that compression has spread. Whether that is what happened shows in how closely pixels keep to the few most
 * frequent colours: within a step or two in a mask, all over the place in a photograph.
 */
function readStrayColours(keys: Uint32Array, width: number, height: number): MaskReading {
  const dark = shareOf(keys, (key) => isNear(key, 0, STRAY));
  const coarse = keys.map((key) => key & 0xe0e0e0);
  const background = dark >= BLACK_SHARE ? 0 : borderValue(coarse, width, height) + 0x101010;
  const colours = frequentColours(keys);
  const loyal = shareOf(keys, (key) => colours.some((colour) => isNear(key, colour, LOYAL)));
  return {
    foreground: foregroundWhere(keys, (key) => !isNear(key, background, STRAY)),
    reading: 'thresholded',
    doubts: [loyal >= LOYAL_SHARE ? 'damaged' : 'photo'],
  };
}

/** The most frequent colours that are not shades of a more frequent one. */
function frequentColours(keys: Uint32Array): number[] {
  const colours: number[] = [];
  const byCount = [...countValues(keys.map((key) => key & 0xf8f8f8))]
    .sort((a, b) => b[1] - a[1])
    .slice(0, 64);
  for (const [colour] of byCount) {
    const centre = colour + 0x040404;
    if (colours.length < FEW_COLOURS && !colours.some((found) => isNear(centre, found, STRAY)))
      colours.push(centre);
  }
  return colours;
}

function shareOf(keys: Uint32Array, holds: (key: number) => boolean): number {
  let count = 0;
  for (const key of keys) if (holds(key)) count += 1;
  return count / keys.length;
}

function isNear(key: number, colour: number, distance: number): boolean {
  return [16, 8, 0].every(
    (shift) => Math.abs(((key >> shift) & 255) - ((colour >> shift) & 255)) <= distance,
  );
}

function countValues(keys: Uint32Array): Map<number, number> {
  const counts = new Map<number, number>();
  for (const key of keys) counts.set(key, (counts.get(key) ?? 0) + 1);
  return counts;
}

/** One number per pixel, 8 bits a channel; deeper masks keep their high byte. */
function colourKeys(raster: Raster): Uint32Array {
  const { data, bitDepth } = raster;
  const keys = new Uint32Array(raster.width * raster.height);
  const toByte = (value: number): number => {
    if (bitDepth === 8) return value;
    return bitDepth === 16 ? value >> 8 : Math.min(255, Math.max(0, Math.round(value * 255)));
  };
  for (let pixel = 0; pixel < keys.length; pixel += 1) {
    const red = toByte(data[pixel * 3] ?? 0);
    const green = toByte(data[pixel * 3 + 1] ?? 0);
    keys[pixel] = (red << 16) | (green << 8) | toByte(data[pixel * 3 + 2] ?? 0);
  }
  return keys;
}
