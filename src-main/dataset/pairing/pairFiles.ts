import type { ImageHeader, StoredMask } from '../decoding/decodeImage.ts';
import { decodeImage, decodeMask, readImageHeader, readPageSize } from '../decoding/decodeImage.ts';
import { CcnetError } from '#common/errors.ts';
import type { DatasetSource } from '../source/datasetSource.ts';
import {
  MAX_ANNOTATION_BYTES,
  MAX_FILE_BYTES,
  MAX_PAIR_BYTES,
  requireReadableSize,
} from '../decoding/limits.ts';
import type { DatasetReading, ImageReading } from '#common/dataset/reading.ts';
import { type Drawing } from '../annotations/drawing.ts';
import { drawnParts } from '../annotations/maskReference.ts';
import { paintDrawing } from '../annotations/paintDrawing.ts';
import { readAnnotation } from '../annotations/readAnnotation.ts';
import { dicomInfo } from '../decoding/dicom/dicomInfo.ts';
import type { MaskCensus } from '../masks/maskCensus.ts';
import type { MaskReading } from '../masks/maskReading.ts';
import { takeCensus } from '../masks/takeCensus.ts';
import { comparePlaces } from '../decoding/nifti/comparePlaces.ts';
import { niftiHead } from '../decoding/nifti/niftiFile.ts';
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

/** A mask that an annotation file draws on an image. */
interface DrawnFile {
  readonly path: string;
  readonly drawing: Drawing;
  readonly image: EncodedFile;
  readonly header: ImageHeader;
}

type MaskFile = EncodedFile | DrawnFile;

/** The still encoded files of one pair. */
export interface PairFiles {
  readonly image: EncodedFile;
  readonly masks: readonly MaskFile[];
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
  /** Orientation (EXIF, TIFF) that a mask's file asks for, which is not applied; 1 for none. */
  readonly maskOrientation: number;
  /** What each mask file tells for the reading of all, when asked for. */
  readonly censuses: readonly MaskCensus[];
  /** Shapes of annotations that lie wholly outside of the image. */
  readonly outside: number;
}

/**
 * Reads the files of a pair without decoding pixels.
 * @throws CcnetError naming the file that cannot be read; mask-turned
 */
export async function openPair(
  source: DatasetSource,
  pair: { readonly image: string; readonly masks: readonly string[] },
  reading: ImageReading,
): Promise<PairFiles> {
  const image = await openFile(source, pair.image, reading);
  const masks = await openMasks(source, pair.masks, reading, image);
  for (const mask of masks)
    if (volumesApart(image, mask)?.relation === 'turned')
      throw new CcnetError('mask-turned', { file: mask.path, image: image.path });
  return { image, masks };
}

/** How the volumes of image and mask lie to each other; null where not both are such, or their sizes differ anyhow. */
export function volumesApart(image: EncodedFile, mask: MaskFile): ReturnType<typeof comparePlaces> | null {
  const isVolume = ({ header }: MaskFile): boolean => header.format === 'nifti';
  if (!('bytes' in mask) || !isVolume(image) || !isVolume(mask)) return null;
  const [one, other] = [image, mask].map(({ bytes, path }) => niftiHead(bytes, path));
  if (!one || !other) return null;
  const sizeOf = ({ size }: typeof one): string => [...size].sort((a, b) => a - b).join();
  return sizeOf(one) === sizeOf(other) ? comparePlaces(one, other) : null;
}

/** As `openPair`, for the masks alone. */
export async function openMasks(
  source: DatasetSource,
  paths: readonly string[],
  reading: ImageReading,
  image?: EncodedFile,
): Promise<MaskFile[]> {
  const masks: MaskFile[] = [];
  for (const path of paths) {
    const drawn = drawnParts(path);
    masks.push(
      drawn ? await openDrawn(source, path, drawn, reading, image) : await openFile(source, path, reading),
    );
  }
  return masks;
}

/** @throws annotation-unread, annotation-without-image */
async function openDrawn(
  source: DatasetSource,
  path: string,
  { annotation: file, image: imagePath }: { readonly annotation: string; readonly image: string },
  reading: ImageReading,
  opened?: EncodedFile,
): Promise<DrawnFile> {
  const image = opened?.path === imagePath ? opened : await openFile(source, imagePath, reading);
  const annotation = await readAnnotation(await source.read(file, MAX_ANNOTATION_BYTES), file);
  const dicom = image.header.format === 'dicom' ? dicomInfo(image.bytes, imagePath) : null;
  const drawing = annotation.drawingOn({ path: imagePath, dicom });
  if (!drawing) throw new CcnetError('annotation-without-image', { file, image: imagePath });
  return { path, drawing, image, header: { ...image.header, format: 'png', channels: 1, lossy: false } };
}

/** The classes of what is drawn; none of a mask that is a file. */
export function classesOf(mask: MaskFile): string[] {
  return 'bytes' in mask ? [] : [...new Set(mask.drawing.shapes.map(({ className }) => className))];
}

/** How large a page of a mask is. */
async function maskSize(
  file: MaskFile,
  page: number,
  reading: ImageReading,
): Promise<Size & { bytes: number }> {
  if ('bytes' in file) return readPageSize(file.bytes, page, file.path, reading);
  const size = file.drawing.size ?? (await readPageSize(file.image.bytes, page, file.image.path, reading));
  const { width, height } = size;
  return { width, height, ...requireReadableSize(file.path, { width, height, channels: 1, valueBytes: 2 }) };
}

async function openFile(source: DatasetSource, path: string, reading: ImageReading): Promise<EncodedFile> {
  const bytes = await source.read(path, MAX_FILE_BYTES);
  return { path, bytes, header: await readImageHeader(bytes, path, reading) };
}

/** Slices of a file; of a mask of several volumes those of all, because its volumes are no channels. */
export function pagesOf(files: PairFiles): { image: number; masks: number[] } {
  const { image, masks } = files;
  const volumes = masks.map(({ header }) => (header.format === 'nifti' ? header.channels : 1));
  const isFilm = isVolumeFilm(files);
  return {
    image: image.header.pages * (isFilm ? image.header.channels : 1),
    masks: masks.map(({ header }, index) => header.pages * (volumes[index] ?? 1)),
  };
}

/** Volumes one after the other, each with its own mask: they are no channels of one. */
export function isVolumeFilm({ image, masks }: PairFiles): boolean {
  const { format, channels } = image.header;
  return (
    format === 'nifti' &&
    channels > 1 &&
    masks.every(({ header }) => header.format === 'nifti' && header.channels === channels)
  );
}

/** Pages that image and masks have in common. */
export function commonPages(files: PairFiles): number {
  const { image, masks } = pagesOf(files);
  return Math.min(image, ...masks);
}

/** How large the image and the masks of a page are, before any pixel is decoded. */
export interface PairSize {
  /** Turned by its orientation tag only where the mask's size demands it. */
  readonly image: Size;
  readonly mask: Size;
  /** What decoding takes: the image, the largest of its masks, which are decoded one after the other, and their marks. */
  readonly bytes: number;
}

/**
 * @throws a failure of common/failures/decoding.ts naming the file whose header is damaged or says too much, or whose size differs from its
 *   siblings', or pair-takes-too-much
 */
export async function pairSize(files: PairFiles, page: number, reading: ImageReading): Promise<PairSize> {
  const sizes = [];
  for (const file of files.masks) sizes.push({ path: file.path, ...(await maskSize(file, page, reading)) });
  const [mask] = sizes;
  if (!mask) throw new Error('An image without masks is no pair.');
  for (const { path, ...size } of sizes) requireSameSize(path, size, mask);
  const stored = await readPageSize(files.image.bytes, page, files.image.path, reading);
  const turns = stored.orientation >= 5 && stored.width === mask.height && stored.height === mask.width;
  const image = turns ? { width: stored.height, height: stored.width } : stored;
  const marks = mask.width * mask.height * Math.min(2, sizes.length);
  const bytes = stored.bytes + Math.max(...sizes.map((size) => size.bytes)) + marks;
  if (bytes > MAX_PAIR_BYTES) {
    const { width, height } = image;
    const facts = { file: files.image.path, width, height, bytes, most: MAX_PAIR_BYTES };
    throw new CcnetError('pair-takes-too-much', facts);
  }
  return { image, mask, bytes };
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
  const { mask, width, height, minIsWhite, orientation, censuses, outside } = await decodeMasks(
    files.masks,
    page,
    reading,
    withCensus,
  );
  const { image: file } = files;
  if (isVolumeFilm(files) && reading.channel > 0)
    throw new CcnetError('no-such-channel', { file: file.path, channel: reading.channel + 1, channels: 1 });
  const stored = await decodeImage(file.bytes, page, file.path, readingOf(file.header, page, reading));
  const image = orientToSize(stored, width, height);
  return {
    image,
    imageWasTurned: image !== stored,
    mask,
    maskWidth: width,
    maskHeight: height,
    maskMinIsWhite: minIsWhite,
    maskOrientation: orientation,
    censuses,
    outside,
  };
}

/** A choice of channel is one among the images that have several; where each volume is an image of its own, there is none. */
export function readingOf<Reading extends ImageReading>(
  { channels, pages }: Pick<ImageHeader, 'channels' | 'pages'>,
  page: number,
  reading: Reading,
): Reading {
  return channels > 1 && page < pages ? reading : { ...reading, channel: 0 };
}

/** The masks of a pair as one. @param masks at least one @throws as `decodePair` */
export async function decodeMasks(
  masks: readonly MaskFile[],
  page: number,
  reading: DatasetReading,
  withCensus = false,
): Promise<{
  mask: MaskReading;
  width: number;
  height: number;
  minIsWhite: boolean;
  orientation: number;
  censuses: readonly MaskCensus[];
  outside: number;
}> {
  let united: MaskReading | null = null;
  const censuses: MaskCensus[] = [];
  let minIsWhite = false;
  let orientation = 1;
  let outside = 0;
  let size: Size | null = null;
  for (const file of masks) {
    const { path, header } = file;
    const stored: StoredMask & { readonly outside?: number } =
      'bytes' in file
        ? await decodeMask(file.bytes, page, path, reading)
        : paintDrawing(file.drawing, page, await maskSize(file, page, reading), reading.masks, path);
    const { raster } = stored;
    outside += stored.outside ?? 0;
    minIsWhite ||= stored.minIsWhite;
    if (raster.orientation > 1) ({ orientation } = raster);
    size ??= { width: raster.width, height: raster.height };
    requireSameSize(path, raster, size);
    const read = readMask(stored, header.lossy, reading.masks);
    united = united ? uniteMasks(united, read) : read;
    if (withCensus) censuses.push(takeCensus(stored, header.lossy));
  }
  if (!size || !united) throw new Error('An image without masks is no pair.');
  const { width, height } = size;
  return { mask: united, width, height, minIsWhite, orientation, censuses, outside };
}
