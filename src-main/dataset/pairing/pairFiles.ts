import type { ImageHeader } from '../decoding/decodeImage.ts';
import { decodeImage, decodeMask, readImageHeader, readPageSize } from '../decoding/decodeImage.ts';
import { CcnetError } from '#common/errors.ts';
import type { DatasetSource } from '../source/datasetSource.ts';
import { MAX_FILE_BYTES } from '../decoding/limits.ts';
import type { DatasetReading, MaskRule } from '#common/dataset/reading.ts';
import type { MaskCensus } from '../masks/maskCensus.ts';
import type { MaskReading } from '../masks/maskReading.ts';
import { takeCensus } from '../masks/takeCensus.ts';
import { orientToSize } from '../decoding/orientRaster.ts';
import type { Raster } from '../decoding/raster.ts';
import { readMask, uniteMasks } from '../masks/readMask.ts';

interface Size {
  readonly width: number;
  readonly height: number;
}

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
  /** A mask's file says that 0 is white, and so shows background bright. */
  readonly maskMinIsWhite: boolean;
  /** What each mask file tells for the reading of all, when asked for. */
  readonly censuses: readonly MaskCensus[];
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

/** How large the image and the masks of a page are, before any pixel is decoded. */
export interface PairSize {
  /** Turned by its orientation tag only where the mask's size demands it. */
  readonly image: Size;
  readonly mask: Size;
  /** Decoded pixels of all of them. */
  readonly bytes: number;
}

/** @throws a failure of common/failures/decoding.ts naming the file whose header is damaged or says too much, or whose size differs from its siblings' */
export async function pairSize(files: PairFiles, page: number): Promise<PairSize> {
  const sizes = [];
  for (const { path, bytes } of files.masks) sizes.push({ path, ...(await readPageSize(bytes, page, path)) });
  const [mask] = sizes;
  if (!mask) throw new Error('An image without masks is no pair.');
  for (const { path, ...size } of sizes) requireSameSize(path, size, mask);
  const stored = await readPageSize(files.image.bytes, page, files.image.path);
  const turns = stored.orientation >= 5 && stored.width === mask.height && stored.height === mask.width;
  const image = turns ? { width: stored.height, height: stored.width } : stored;
  return { image, mask, bytes: sizes.reduce((sum, { bytes }) => sum + bytes, stored.bytes) };
}

function requireSameSize(path: string, { width, height }: Size, other: Size): void {
  if (width === other.width && height === other.height) return;
  const facts = { file: path, width, height, otherWidth: other.width, otherHeight: other.height };
  throw new CcnetError('object-masks-differ', facts);
}

/**
 * Decodes one page of image and masks and unites the masks of single objects.
 * Sizes of image and mask may differ: the caller decides what that means.
 * @param reading how the dataset's files are read
 * @param withCensus also tells what the masks say for the reading of all
 * @throws a failure of common/failures/decoding.ts naming the file that cannot be decoded, or a mask whose size differs from its siblings'
 */
export async function decodePair(
  files: PairFiles,
  page: number,
  reading: DatasetReading,
  withCensus = false,
): Promise<DecodedPair> {
  const { mask, width, height, minIsWhite, censuses } = await decodeMasks(
    files.masks,
    page,
    reading.masks,
    withCensus,
  );
  const { image: file } = files;
  // A choice of channel is one among the images that have several.
  const channel = file.header.channels > 1 ? reading.channel : 0;
  const stored = await decodeImage(file.bytes, page, file.path, channel);
  const image = orientToSize(stored, width, height);
  return {
    image,
    imageWasTurned: image !== stored,
    mask,
    maskWidth: width,
    maskHeight: height,
    maskMinIsWhite: minIsWhite,
    censuses,
  };
}

/** The masks of a pair as one. @param masks at least one @throws as `decodePair` */
export async function decodeMasks(
  masks: readonly EncodedFile[],
  page: number,
  rule: MaskRule,
  withCensus = false,
): Promise<{
  mask: MaskReading;
  width: number;
  height: number;
  minIsWhite: boolean;
  censuses: readonly MaskCensus[];
}> {
  const readings: MaskReading[] = [];
  const censuses: MaskCensus[] = [];
  let minIsWhite = false;
  let size: Size | null = null;
  for (const { path, bytes, header } of masks) {
    const stored = await decodeMask(bytes, page, path);
    const { raster } = stored;
    minIsWhite ||= stored.minIsWhite;
    size ??= { width: raster.width, height: raster.height };
    requireSameSize(path, raster, size);
    readings.push(readMask(stored, header.lossy, rule));
    if (withCensus) censuses.push(takeCensus(stored, header.lossy));
  }
  if (!size) throw new Error('An image without masks is no pair.');
  const { width, height } = size;
  return { mask: uniteMasks(readings), width, height, minIsWhite, censuses };
}
