import type { StoredMask } from '../decoding/decodeImage.ts';
import { borderCounts, countValues, type MaskCensus } from './maskCensus.ts';
import { distinctValues, maskDrawing, range } from './maskDrawing.ts';
import { storedPlane } from './maskPlane.ts';
import { isNear, STRAY } from './nearColour.ts';

/** Least share of black pixels that makes black count as there. */
const BLACK_SHARE = 0.01;

/** What one mask file tells for the reading of all of them. @param lossy the file format may have changed the values */
export function takeCensus(mask: StoredMask, lossy: boolean): MaskCensus {
  const plane = storedPlane(mask);
  const { keys, width, height, kind } = plane;
  const drawing = mask.isDrawn ? 'drawn' : maskDrawing(plane, lossy);
  const isSpreadColour = kind === 'colours' && drawing !== 'drawn';
  const counts = isSpreadColour ? null : countValues(keys);
  const [least, most] = range(counts ? counts.keys() : distinctValues(keys));
  // Spread colours vote for the middle of their coarse neighbourhood.
  const coarse = isSpreadColour ? Uint32Array.from(keys, (key) => (key & 0xe0e0e0) + 0x101010) : keys;
  let black = 0;
  if (isSpreadColour)
    for (let pixel = 0; pixel < keys.length; pixel += 1) black += isNear(keys[pixel] ?? 0, 0, STRAY) ? 1 : 0;
  else black = counts?.get(0) ?? 0;
  return {
    kind,
    drawing,
    pixels: width * height,
    least,
    most,
    counts,
    border: borderCounts(coarse, width, height),
    hasBlack: black >= BLACK_SHARE * keys.length,
    palette: mask.palette,
    bitDepth: mask.raster.bitDepth,
  };
}
