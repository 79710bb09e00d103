import type { Raster } from '../decoding/raster.ts';
import { resampleRows, type Size } from './resampleRows.ts';

/**
 * Enlarges 8- or 16-bit pixels at their depth: Catmull-Rom about the pixels' centres, exactly where resizeMask puts the mask. VIPS
 * would put them half a new pixel beside it.
 * @returns height * width * channels values, channel-last, rounded and clipped to the depth
 */
export function enlargeImage(
  raster: Pick<Raster, 'width' | 'height' | 'channels' | 'bitDepth' | 'data'>,
  to: Size,
): Uint8Array | Uint16Array {
  const { width, height, channels, bitDepth } = raster;
  const enlarged = storedValues(to.width * to.height * channels, bitDepth === 8 ? 8 : 16);
  const plane = new Float32Array(width * height);
  for (let channel = 0; channel < channels; channel += 1) {
    for (let pixel = 0; pixel < plane.length; pixel += 1) {
      plane[pixel] = raster.data[pixel * channels + channel] ?? 0;
    }
    resampleRows(plane, raster, to, (row, y, unit) =>
      storeRow(row, unit, enlarged, y * to.width * channels + channel, channels),
    );
  }
  return enlarged;
}

export function storedValues(length: number, bitDepth: 8 | 16): Uint8Array | Uint16Array {
  return bitDepth === 8 ? new Uint8Array(length) : new Uint16Array(length);
}

/** Writes a row of one channel, whole numbers that the depth can hold, to every `step`th place from `start`. */
export function storeRow(
  row: Float64Array,
  unit: number,
  into: Uint8Array | Uint16Array,
  start: number,
  step: number,
): void {
  const greatest = into instanceof Uint8Array ? 255 : 65_535;
  for (let x = 0; x < row.length; x += 1) {
    into[start + x * step] = Math.min(greatest, Math.max(0, Math.round((row[x] ?? 0) / unit)));
  }
}
