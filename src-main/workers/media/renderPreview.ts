import { PLAIN_READING } from '#common/dataset/readMaskValue.ts';
import { decodeImage, readImageHeader } from '../../dataset/decoding/decodeImage.ts';
import type { DatasetSource } from '../../dataset/source/datasetSource.ts';
import { sharp } from '../../dataset/decoding/imageDecoder.ts';
import { MAX_FILE_BYTES } from '../../dataset/decoding/limits.ts';
import { decodeMasks, openMasks } from '../../dataset/pairing/pairFiles.ts';
import { type DisplayRaster, FULL_WINDOW, toDisplay } from './displayRaster.ts';
import type { Picture } from './mediaSource.ts';

const SIDE = 128;

/** What a file is shown as: a mask is read as training would read it, foreground white on black. */
export type PreviewKind = 'image' | 'mask';

/** A small WebP of the middle page of any image file of a source, before it belongs to a dataset: the first slices of a volume show little. */
export async function renderPreview(source: DatasetSource, file: string, as: PreviewKind): Promise<Picture> {
  const { data, width, height, channels } = await decode(source, file, as);
  const bytes = await sharp(data, { raw: { width, height, channels } })
    .resize(SIDE, SIDE, { fit: 'inside', withoutEnlargement: true })
    .webp({ quality: 80 })
    .toBuffer();
  return { type: 'image/webp', bytes };
}

async function decode(source: DatasetSource, file: string, as: PreviewKind): Promise<DisplayRaster> {
  if (as === 'image') {
    const bytes = await source.read(file, MAX_FILE_BYTES);
    return toDisplay(await decodeImage(bytes, await middlePage(bytes, file), file), FULL_WINDOW);
  }
  const masks = await openMasks(source, [file], PLAIN_READING);
  const page = Math.floor(((masks[0]?.header.pages ?? 1) - 1) / 2);
  const { mask, width, height } = await decodeMasks(masks, page, PLAIN_READING);
  return { width, height, channels: 1, data: mask.foreground.map((mark) => (mark === 1 ? 255 : 0)) };
}

async function middlePage(bytes: Buffer, file: string): Promise<number> {
  const { pages } = await readImageHeader(bytes, file);
  return Math.floor((pages - 1) / 2);
}
