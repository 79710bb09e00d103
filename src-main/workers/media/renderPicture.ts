import { sharp } from '../../dataset/decoding/imageDecoder.ts';
import type { DatasetSource } from '../../dataset/source/datasetSource.ts';
import { decodeMasks, openMasks } from '../../dataset/pairing/pairFiles.ts';
import { type ContrastWindow, displayRaster, FULL_WINDOW } from './displayRaster.ts';
import { resizeMask } from '../../dataset/working/resizeMask.ts';
import { seenSize } from './seenSize.ts';
import type { MediaSource, Picture } from './mediaSource.ts';

const THUMBNAIL_SIDE = 256;
/** An orange that occurs in no common stain; the same in both themes, because it lies on images. */
const OVERLAY = [255, 130, 40] as const;

/** A WebP of at most 256 pixels a side. */
export async function renderThumbnail(source: DatasetSource, media: MediaSource): Promise<Picture> {
  const { data, width, height, channels } = await displayRaster(source, media, FULL_WINDOW);
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

/** Foreground opaque in the overlay's colour, background transparent: a PNG at the mask's own size. */
export async function renderMask(source: DatasetSource, media: MediaSource): Promise<Picture> {
  const { alpha, width, height } = await maskOpacity(source, media);
  const bytes = await tinted(alpha, width, height).png({ compressionLevel: 3 }).toBuffer();
  return { type: 'image/png', bytes };
}

/** As `renderMask`, but a WebP of at most 256 pixels a side, to be laid over a thumbnail; edges stay sharp. */
export async function renderSmallMask(source: DatasetSource, media: MediaSource): Promise<Picture> {
  const { alpha, width, height } = await maskOpacity(source, media);
  const small = await sharp(alpha, { raw: { width, height, channels: 1 } })
    .resize(THUMBNAIL_SIDE, THUMBNAIL_SIDE, { fit: 'inside', withoutEnlargement: true, kernel: 'nearest' })
    .toColourspace('b-w')
    .raw()
    .toBuffer({ resolveWithObject: true });
  const bytes = await tinted(small.data, small.info.width, small.info.height)
    .webp({ lossless: true, effort: 0 })
    .toBuffer();
  return { type: 'image/webp', bytes };
}

/** Of background, foreground, and what does not count. */
const OPACITY = [0, 255, 70];

/** As `renderMask`, at the working resolution, by the rule by which networks are taught. */
export async function renderWorkingMask(
  source: DatasetSource,
  media: MediaSource,
  workingSide: number,
): Promise<Picture> {
  const { mask, width, height } = await decodeMasks(
    await openMasks(source, media.masks, media.reading),
    media.page,
    media.reading,
  );
  const size = seenSize(media.image, width, height, workingSide);
  const resized = resizeMask(mask.foreground, { width, height }, size);
  const alpha = Buffer.from(resized.map((mark) => OPACITY[mark] ?? 0));
  const bytes = await tinted(alpha, size.width, size.height).png({ compressionLevel: 3 }).toBuffer();
  return { type: 'image/png', bytes };
}

/** How opaque the overlay is at each pixel of the masks of an image, 0 to 255. */
async function maskOpacity(
  source: DatasetSource,
  { masks, page, reading }: Pick<MediaSource, 'masks' | 'page' | 'reading'>,
): Promise<{ alpha: Buffer; width: number; height: number }> {
  const { mask, width, height } = await decodeMasks(await openMasks(source, masks, reading), page, reading);
  const alpha = Buffer.allocUnsafe(mask.foreground.length);
  for (let i = 0; i < alpha.length; i++) alpha[i] = OPACITY[mask.foreground[i] ?? 0] ?? 0;
  return { alpha, width, height };
}

function tinted(alpha: Buffer, width: number, height: number): ReturnType<typeof sharp> {
  const [red, green, blue] = OVERLAY;
  const pixels = Buffer.allocUnsafe(4 * alpha.length);
  for (let i = 0; i < alpha.length; i++) {
    pixels[4 * i] = red;
    pixels[4 * i + 1] = green;
    pixels[4 * i + 2] = blue;
    pixels[4 * i + 3] = alpha[i] ?? 0;
  }
  return sharp(pixels, { raw: { width, height, channels: 4 } });
}
