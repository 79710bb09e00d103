import type { MaskReading } from './maskReading.ts';
import type { Raster } from '../decoding/raster.ts';
import { readColourMask } from './readColourMask.ts';
import { readGreyMask } from './readGreyMask.ts';

/**
 * Reads the foreground of a mask in any of the ways people write one: 0/1, 0/255, instance ids, colours, or shape drawn
 * in the transparency of an otherwise plain image.
 *
 * @param lossy the file format may have changed the values (JPEG, lossy WebP)
 * @returns foreground of height * width values, 0 or 1
 */
export function readMask(mask: Raster, lossy: boolean): MaskReading {
  const { width, height, data } = mask;
  if (mask.alpha !== null && isPlain(mask)) return readGreyMask(mask.alpha, width, height, lossy);
  return mask.channels === 1 ? readGreyMask(data, width, height, lossy) : readColourMask(mask, lossy);
}

/** Unites masks of single objects: a pixel is foreground when it is in any of them. */
export function uniteMasks(readings: readonly MaskReading[]): MaskReading {
  const [first, ...others] = readings;
  if (first === undefined) throw new RangeError('uniteMasks needs at least one mask.');
  if (others.length === 0) return first;
  const foreground = Uint8Array.from(first.foreground);
  for (const { foreground: part } of others) {
    for (let pixel = 0; pixel < foreground.length; pixel += 1) {
      foreground[pixel] = (foreground[pixel] ?? 0) | (part[pixel] ?? 0);
    }
  }
  return {
    foreground,
    reading: 'objects',
    doubts: [...new Set(readings.flatMap((reading) => reading.doubts))],
  };
}

/** All visible pixels share one colour. */
function isPlain(mask: Raster): boolean {
  const { data, channels, alpha } = mask;
  const first = alpha === null ? 0 : alpha.findIndex((value) => value > 0);
  if (first < 0) return true;
  for (let pixel = 0; pixel < mask.width * mask.height; pixel += 1) {
    if (alpha !== null && alpha[pixel] === 0) continue;
    for (let channel = 0; channel < channels; channel += 1) {
      if (data[pixel * channels + channel] !== data[first * channels + channel]) return false;
    }
  }
  return true;
}
