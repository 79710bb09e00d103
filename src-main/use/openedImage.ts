import { createHash } from 'node:crypto';
import { stat } from 'node:fs/promises';
import type { NetworkCard } from '#common/use/networkCard.ts';
import { readImageHeader, readPageSize } from '../dataset/decoding/decodeImage.ts';
import { withDecodingMemory } from '../dataset/decoding/decodingMemory.ts';
import type { DatasetSource } from '../dataset/source/datasetSource.ts';
import type { Predictor } from '../training/segmentImage.ts';
import { placeOf } from './imagesToSegment.ts';
import { LARGE_PIXELS, largeImage, slicesOf } from './largeImage.ts';
import { HEAD_BYTES, pixelSize } from './pixelSize.ts';
import { readHead } from './readHead.ts';
import {
  type DrawnPage,
  type PageFinding,
  type PageOptions,
  segmentLargePage,
  segmentWholePage,
} from './segmentPage.ts';

/** A file whose pages are to be segmented: whole in memory, or by its place on disk where it is large. */
export interface OpenedImage {
  readonly pages: number;
  /** What tells whether the file is still the same. */
  readonly content: string;
  readonly bytes: Buffer | null;
  readonly place: string | null;
  /** Side of a pixel in micrometres where the file says it. */
  readonly pixelSize: number | null;
}

/**
 * Opens an image of a source; a large one that can be read in bands is not read yet.
 * @param images how the network's training images were read
 * @throws a failure of common/failures/decoding.ts
 */
export async function openImage(
  source: DatasetSource,
  path: string,
  images: NetworkCard['images'],
): Promise<OpenedImage> {
  const place = await placeOf(source, path);
  const first =
    place === null || images?.channel || images?.planes !== undefined
      ? null
      : await largeImage(place, 0, path);
  if (place !== null && first && first.width * first.height > LARGE_PIXELS) {
    const { size, mtimeMs } = await stat(place);
    return {
      pages: slicesOf(first),
      content: `${size} ${mtimeMs}`,
      bytes: null,
      place,
      pixelSize: pixelSize(await readHead(place, HEAD_BYTES)),
    };
  }
  const bytes = await source.read(path);
  const { pages } = await readImageHeader(bytes, path, images);
  return {
    pages,
    content: createHash('sha256').update(bytes).digest('hex'),
    bytes,
    place,
    pixelSize: pixelSize(bytes),
  };
}

/**
 * Segments a page of an opened image, in bands where it is large.
 * @param drawn reads the mask that was drawn on the page, null where there is none
 * @param temporary a folder for what is kept on disk meanwhile
 * @throws as segmentWholePage and segmentLargePage
 */
export async function segmentPage(
  predictor: Predictor,
  card: NetworkCard,
  source: DatasetSource,
  { path, opened, page }: { readonly path: string; readonly opened: OpenedImage; readonly page: number },
  drawn: () => Promise<DrawnPage | null>,
  temporary: string,
  options: PageOptions,
): Promise<PageFinding> {
  const { bytes, place } = opened;
  if (!bytes && place !== null) {
    const image = await largeImage(place, page, path);
    // Pages of one file are of one kind nearly always; one that is not is read whole.
    if (image) return segmentLargePage(predictor, card, image, await drawn(), temporary, options);
  }
  const content = bytes ?? (await source.read(path));
  const size = await readPageSize(content, page, path, card.images);
  return withDecodingMemory(size.bytes, async () =>
    segmentWholePage(predictor, card, { path, bytes: content, page }, await drawn(), options),
  );
}
