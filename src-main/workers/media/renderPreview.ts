import { PLAIN_READING } from '#common/dataset/readMaskValue.ts';
import { decodeImage, decodeMask, readImageHeader } from '../../dataset/decoding/decodeImage.ts';
import type { DatasetSource } from '../../dataset/source/datasetSource.ts';
import { sharp } from '../../dataset/decoding/imageDecoder.ts';
import { MAX_FILE_BYTES } from '../../dataset/decoding/limits.ts';
import { readMask } from '../../dataset/masks/readMask.ts';
import { type DisplayRaster, FULL_WINDOW, toDisplay } from './displayRaster.ts';
import type { Picture } from './mediaSource.ts';

const SIDE = 128;

/** What a file is shown as: a mask is read as training would read it, foreground white on black. */
export type PreviewKind = 'image' | 'mask';

/** A small WebP of the first page of any image file of a source, before it belongs to a dataset. */
export async function renderPreview(source: DatasetSource, file: string, as: PreviewKind): Promise<Picture> {
  const { data, width, height, channels } = await decode(source, file, as);
  const bytes = await sharp(data, { raw: { width, height, channels } })
    .resize(SIDE, SIDE, { fit: 'inside', withoutEnlargement: true })
    .webp({ quality: 80 })
    .toBuffer();
  return { type: 'image/webp', bytes };
}

async function decode(source: DatasetSource, file: string, as: PreviewKind): Promise<DisplayRaster> {
  const bytes = await source.read(file, MAX_FILE_BYTES);
  if (as === 'image') return toDisplay(await decodeImage(bytes, 0, file), FULL_WINDOW);
  const { lossy } = await readImageHeader(bytes, file);
  const mask = await decodeMask(bytes, 0, file);
  const { foreground } = readMask(mask, lossy, PLAIN_READING.masks);
  const { width, height } = mask.raster;
  return { width, height, channels: 1, data: foreground.map((mark) => (mark === 1 ? 255 : 0)) };
}
