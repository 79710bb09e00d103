import type { ImageHeader } from '../decoding/decodeImage.ts';
import { decodeImage, readImageHeader } from '../decoding/decodeImage.ts';
import { CcnetError } from '#common/errors.ts';
import type { DatasetSource } from '../source/datasetSource.ts';
import { MAX_FILE_BYTES } from '../decoding/limits.ts';
import type { MaskReading } from '../masks/maskReading.ts';
import { orientToSize } from '../decoding/orientRaster.ts';
import type { Raster } from '../decoding/raster.ts';
import { readMask, uniteMasks } from '../masks/readMask.ts';

interface EncodedFile {
  readonly path: string;
  readonly bytes: Buffer;
  readonly header: ImageHeader;
}

/** The still encoded files of one pair. */
export interface PairFiles {
  readonly image: EncodedFile;
  readonly masks: readonly EncodedFile[];
}

/** One decoded page of a pair. */
export interface DecodedPair {
  /** Turned by its orientation tag only where the mask's size demands it. */
  readonly image: Raster;
  readonly imageWasTurned: boolean;
  readonly mask: MaskReading;
  readonly maskWidth: number;
  readonly maskHeight: number;
}

/** Reads the files of a pair without decoding pixels. @throws CcnetError naming the file that cannot be read. */
export async function openPair(
  source: DatasetSource,
  pair: { readonly image: string; readonly masks: readonly string[] },
): Promise<PairFiles> {
  return { masks: await openMasks(source, pair.masks), image: await openFile(source, pair.image) };
}

/** As `openPair`, for the masks alone. */
export async function openMasks(source: DatasetSource, paths: readonly string[]): Promise<EncodedFile[]> {
  const masks: EncodedFile[] = [];
  for (const path of paths) masks.push(await openFile(source, path));
  return masks;
}

async function openFile(source: DatasetSource, path: string): Promise<EncodedFile> {
  const bytes = await source.read(path, MAX_FILE_BYTES);
  return { path, bytes, header: await readImageHeader(bytes, path) };
}

/** Pages that image and masks have in common. */
export function commonPages(files: PairFiles): number {
  return Math.min(files.image.header.pages, ...files.masks.map((mask) => mask.header.pages));
}

/**
 * Decodes one page of image and masks and unites the masks of single objects.
 * Sizes of image and mask may differ: the caller decides what that means.
 * @throws a failure of common/failures/decoding.ts naming the file that cannot be decoded, or a mask whose size differs from its siblings'
 */
export async function decodePair(files: PairFiles, page: number): Promise<DecodedPair> {
  const { mask, width, height } = await decodeMasks(files.masks, page);
  const stored = await decodeImage(files.image.bytes, page, files.image.path);
  const image = orientToSize(stored, width, height);
  return { image, imageWasTurned: image !== stored, mask, maskWidth: width, maskHeight: height };
}

/** The masks of a pair as one. @param masks at least one @throws as `decodePair` */
export async function decodeMasks(
  masks: readonly EncodedFile[],
  page: number,
): Promise<{ mask: MaskReading; width: number; height: number }> {
  const readings: MaskReading[] = [];
  let size: { width: number; height: number } | null = null;
  for (const { path, bytes, header } of masks) {
    const mask = await decodeImage(bytes, page, path);
    size ??= { width: mask.width, height: mask.height };
    if (mask.width !== size.width || mask.height !== size.height) {
      const { width, height } = mask;
      const other = { otherWidth: size.width, otherHeight: size.height };
      throw new CcnetError('object-masks-differ', { file: path, width, height, ...other });
    }
    readings.push(readMask(mask, header.lossy));
  }
  if (!size) throw new Error('An image without masks is no pair.');
  return { mask: uniteMasks(readings), ...size };
}
