import { borderValue } from './borderValue.ts';
import { flatness } from './flatness.ts';
import { foregroundWhere } from './foregroundWhere.ts';
import type { MaskReading } from './maskReading.ts';
import type { Raster } from './raster.ts';

/** Share of equal neighbours from which colours count as drawn. */
const FLAT = 0.6;
/** More colours than this are no classes; they may still be one colour per object. */
const MANY_COLOURS = 32;
/** Least share of black pixels that makes black the background, wherever it lies. */
const BLACK_SHARE = 0.01;
/** Channel distance (8-bit) within which lossy compression moves a colour. */
const STRAY = 48;

/**
 * Reads the foreground of an RGB mask: every colour that is not the background. Background is black where there is any
 * to speak of, otherwise the most frequent colour of the border.
 *
 * @param lossy the file format may have changed the values
 */
export function readColourMask(raster: Raster, lossy: boolean): MaskReading {
  const { width, height } = raster;
  const keys = colourKeys(raster);
  if (lossy || flatness(keys, width) < FLAT) return readStrayColours(keys, width, height);
  const counts = countValues(keys);
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

/** Colours that compression has spread: counted in coarse cells, of which a mask fills few and a photo many. */
function readStrayColours(keys: Uint32Array, width: number, height: number): MaskReading {
  const coarse = keys.map((key) => key & 0xe0e0e0);
  const cells = countValues(coarse);
  let dark = 0;
  for (const key of keys) if (isNear(key, 0)) dark += 1;
  const background = dark >= BLACK_SHARE * keys.length ? 0 : borderValue(coarse, width, height) + 0x101010;
  const largest = [...cells.values()].sort((a, b) => b - a).slice(0, 6);
  const inFewCells = largest.reduce((sum, count) => sum + count, 0) / keys.length;
  const looksDrawn = inFewCells >= 0.9 && flatness(coarse, width) >= 0.85;
  return {
    foreground: foregroundWhere(keys, (key) => !isNear(key, background)),
    reading: 'thresholded',
    doubts: [looksDrawn ? 'damaged' : 'photo'],
  };
}

function isNear(key: number, colour: number): boolean {
  return [16, 8, 0].every((shift) => Math.abs(((key >> shift) & 255) - ((colour >> shift) & 255)) <= STRAY);
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
