import { sharp } from '../../dataset/imageDecoder.ts';
import type { DatasetSource } from '../../dataset/datasetSource.ts';
import { decodePair, openPair } from '../../dataset/pairFiles.ts';
import { type ContrastWindow, displayRaster } from './displayRaster.ts';
import type { MediaSource, Picture } from './mediaSource.ts';

const THUMBNAIL_SIDE = 256;
const FULL: ContrastWindow = { low: 0, high: 1 };

/** A WebP of at most 256 pixels a side. */
export async function renderThumbnail(source: DatasetSource, media: MediaSource): Promise<Picture> {
  const { data, width, height, channels } = await displayRaster(source, media, FULL);
  const bytes = await sharp(data, { raw: { width, height, channels } })
    .resize(THUMBNAIL_SIDE, THUMBNAIL_SIDE, { fit: 'inside', withoutEnlargement: true })
    .webp({ quality: 82 })
    .toBuffer();
  return { type: 'image/webp', bytes };
}

/** A PNG at full size, so that single pixels can be looked at. */
export async function renderImage(
  source: DatasetSource,
  media: MediaSource,
  window: ContrastWindow,
): Promise<Picture> {
  const { data, width, height, channels } = await displayRaster(source, media, window);
  const bytes = await sharp(data, { raw: { width, height, channels } })
    .toColourspace(channels === 1 ? 'b-w' : 'srgb')
    .png({ compressionLevel: 3 })
    .toBuffer();
  return { type: 'image/png', bytes };
}

/**
 * A PNG whose foreground is opaque white and whose background is transparent.
 * @param size longest side in pixels, when it is larger; null for its own size
 */
export async function renderMask(
  source: DatasetSource,
  media: MediaSource,
  size: number | null,
): Promise<Picture> {
  const { mask, maskWidth, maskHeight } = await decodePair(await openPair(source, media), media.page);
  const pixels = new Uint8Array(mask.foreground.length * 2).fill(255);
  for (const [i, value] of mask.foreground.entries()) pixels[2 * i + 1] = value === 0 ? 0 : 255;
  const full = sharp(pixels, { raw: { width: maskWidth, height: maskHeight, channels: 2 } });
  const shown =
    size === null
      ? full
      : full.resize(size, size, { fit: 'inside', withoutEnlargement: true, kernel: 'nearest' });
  const bytes = await shown.toColourspace('b-w').png({ compressionLevel: 6 }).toBuffer();
  return { type: 'image/png', bytes };
}
