import { decodeImage, readImageHeader } from '../../dataset/decoding/decodeImage.ts';
import type { DatasetSource } from '../../dataset/source/datasetSource.ts';
import { MAX_FILE_BYTES } from '../../dataset/decoding/limits.ts';
import { readingOf } from '../../dataset/pairing/pairFiles.ts';
import { orientToSize } from '../../dataset/decoding/orientRaster.ts';
import type { Raster } from '../../dataset/decoding/raster.ts';
import { intensityRange } from '../../dataset/decoding/rescaleIntensity.ts';
import type { MediaSource } from './mediaSource.ts';

/** Part of the image's range that is shown from black to white: 0 and 1 are its ends. */
export interface ContrastWindow {
  readonly low: number;
  readonly high: number;
}

/** The whole range. */
export const FULL_WINDOW: ContrastWindow = { low: 0, high: 1 };

/** 8-bit pixels for a screen. */
export interface DisplayRaster {
  readonly width: number;
  readonly height: number;
  readonly channels: 1 | 3;
  readonly data: Uint8Array;
}

/**
 * Decodes an image as training sees it (its own range for 16 bit and float, no colour profile) and maps the contrast
 * window to 0..255.
 */
export async function displayRaster(
  source: DatasetSource,
  media: StoredImage,
  window: ContrastWindow,
): Promise<DisplayRaster> {
  return toDisplay(await storedRaster(source, media), window);
}

type StoredImage = Pick<MediaSource, 'image' | 'page' | 'width' | 'height' | 'reading'>;

/** The pixels of a stored image, in the channel that its dataset reads, turned as its mask demands. */
export async function storedRaster(
  source: DatasetSource,
  { image, page, width, height, reading }: StoredImage,
): Promise<Raster> {
  const bytes = await source.read(image, MAX_FILE_BYTES);
  const header = await readImageHeader(bytes, image, reading);
  const raster = await decodeImage(bytes, page, image, readingOf(header, page, reading));
  return orientToSize(raster, width, height);
}

/** Maps the contrast window of decoded pixels to 0..255. */
export function toDisplay(raster: Raster, window: ContrastWindow): DisplayRaster {
  const range = intensityRange(raster);
  const span = range.high - range.low;
  const low = range.low + window.low * span;
  const scale =
    255 / Math.max((window.high - window.low) * span, Number.EPSILON * Math.max(1, Math.abs(low)));
  const unchanged = raster.data instanceof Uint8Array && window.low === 0 && window.high === 1;
  // Storing into a clamped array rounds and clips.
  const data = unchanged
    ? raster.data
    : new Uint8Array(Uint8ClampedArray.from(raster.data, (value) => (value - low) * scale).buffer);
  return { width: raster.width, height: raster.height, channels: raster.channels, data };
}
