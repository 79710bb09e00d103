import { createHash } from 'node:crypto';
import type { Raster } from '../decoding/raster.ts';

/** SHA-256 (hex) over size, channels, depth and decoded pixels, so that the same picture in PNG and TIFF counts as one. */
export function imageHash(raster: Raster): string {
  const { data } = raster;
  return createHash('sha256')
    .update(`${raster.width}x${raster.height}x${raster.channels}@${raster.bitDepth};`)
    .update(new Uint8Array(data.buffer, data.byteOffset, data.byteLength))
    .digest('hex');
}

/** SHA-256 (hex) over size and foreground (0 or 1 per pixel), however the mask was written. */
export function maskHash(foreground: Uint8Array, width: number, height: number): string {
  return createHash('sha256').update(`${width}x${height};`).update(foreground).digest('hex');
}
