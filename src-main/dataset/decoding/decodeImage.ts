import type { Metadata, SharpOptions } from 'sharp';
import { animationFrames } from './animationFrames.ts';
import { contentName } from './contentName.ts';
import { decodeBmp, decodeStoredBmp, readBmpHeader } from './decodeBmp.ts';
import { decodeWhole } from './decodeWhole.ts';
import type { ImageReading } from '#common/dataset/reading.ts';
import { PLAIN_READING } from '#common/dataset/readMaskValue.ts';
import { CcnetError } from '#common/errors.ts';
import { decodeDicom, dicomHeader, dicomFrameSize } from './dicom/decodeDicom.ts';
import { sharp } from './imageDecoder.ts';
import type { ImageFormat, PictureFormat } from './imageFormat.ts';
import { isLossy, sniffFormat } from './imageFormat.ts';
import { indexedPng } from './indexedPng.ts';
import { MAX_DECODED_BYTES, MAX_PIXELS } from './limits.ts';
import { decodeNifti, niftiPages, niftiSliceSize } from './nifti/decodeNifti.ts';
import type { Raster } from './raster.ts';
import { isGreyStoredAsColour, takeChannels } from './raster.ts';
import { replaceNotFinite } from './replaceNotFinite.ts';
import { decodeTiff, slicesOfPage, tiffPalette, type TiffPlane } from './tiff/decodeTiff.ts';
import { isLossyCompression } from './tiff/compressions.ts';
import { isInPageOrder } from './tiff/stackGrid.ts';
import { type TiffFile, tiffFile } from './tiff/tiffFile.ts';
import { PHOTOMETRIC } from './tiff/tiffPage.ts';
import { tiffPageSize } from './tiff/tiffPageSize.ts';
import { unreadable } from './unreadable.ts';

/** What a file holds, known from its header alone. */
export interface ImageHeader {
  readonly format: ImageFormat;
  /** Slices of a stack or volume (of one channel), frames of DICOM; 1 for everything else (an animation counts as its first frame). */
  readonly pages: number;
  /** Channels of which one is read: pages or samples of a TIFF that are neither slices nor parts of a colour, volumes of NIfTI. */
  readonly channels: number;
  /** Their names, where the file has any. */
  readonly channelNames: readonly string[];
  /** Decoded values may differ from what was drawn (JPEG, lossy WebP). */
  readonly lossy: boolean;
  /** Other files that hold a part of the image (OME-TIFF); absent where it is whole. */
  readonly otherFiles?: number;
  /** Images beside the first one, which is read (OME-TIFF, animations); absent where it is the only one. */
  readonly otherImages?: number;
  /** How the slices of a TIFF with several came about; absent for other formats. */
  readonly stack?: StackShape;
}

/** What tells whether slice n of two stacks is the same place. */
export interface StackShape {
  readonly depth: number;
  readonly times: number;
  /** Slices follow each other in the file; otherwise time runs before depth. */
  readonly inPageOrder: boolean;
  readonly pagesDifferInSize: boolean;
}

/**
 * Reads the header of PNG, JPEG, WebP, TIFF, GIF, BMP, NIfTI or DICOM.
 * @param name the file's name, for messages
 * @throws a failure of common/failures/decoding.ts when the file is empty, of another format or damaged
 */
export async function readImageHeader(
  bytes: Buffer,
  name: string,
  reading: ImageReading = PLAIN_READING,
): Promise<ImageHeader> {
  const format = recognise(bytes, name);
  if (format === 'nifti') {
    const { slices, volumes } = niftiPages(bytes, name, reading);
    return { format, pages: slices, channels: volumes, channelNames: [], lossy: false };
  }
  if (format === 'dicom') {
    const { frames, lossy } = dicomHeader(bytes, name);
    return { format, pages: frames, channels: 1, channelNames: [], lossy };
  }
  if (format !== 'tiff') {
    const otherImages = animationFrames(bytes, format) - 1;
    const lossy = isLossy(format, bytes);
    return {
      format,
      pages: 1,
      channels: 1,
      channelNames: [],
      lossy,
      ...(otherImages > 0 ? { otherImages } : {}),
    };
  }
  const { axes, channelsInPage, pages } = tiffFile(bytes, name);
  const [first] = pages;
  const pagesDifferInSize = pages.some(
    ({ width, height }) => width !== first?.width || height !== first.height,
  );
  return Promise.resolve({
    format,
    pages: reading.planes === undefined ? axes.slices : axes.slices / axes.depth,
    ...(axes.otherFiles > 0 ? { otherFiles: axes.otherFiles } : {}),
    ...(axes.otherImages > 0 ? { otherImages: axes.otherImages } : {}),
    ...(reading.planes === undefined
      ? {
          stack: {
            depth: axes.depth,
            times: axes.slices / axes.depth,
            inPageOrder: isInPageOrder(axes),
            pagesDifferInSize,
          },
        }
      : {}),
    channels: axes.channels * channelsInPage,
    channelNames: channelsInPage === 1 ? axes.channelNames : [],
    lossy: first !== undefined && isLossyCompression(first.compression),
  });
}

/** How large a page is, before any pixel of it is decoded. */
export interface PageSize {
  /** As stored. */
  readonly width: number;
  readonly height: number;
  /** What its decoded pixels take, and what the decoder takes beside them. */
  readonly bytes: number;
  /** EXIF/TIFF orientation 1..8. */
  readonly orientation: number;
}

/** @throws a failure of common/failures/decoding.ts when the header is damaged, or says more than is ever decoded */
export async function readPageSize(
  bytes: Buffer,
  page: number,
  name: string,
  reading: ImageReading = PLAIN_READING,
): Promise<PageSize> {
  const format = recognise(bytes, name);
  if (format === 'bmp') {
    const { width, height } = readBmpHeader(bytes, name);
    return { width, height, bytes: width * height * 3, orientation: 1 };
  }
  if (format === 'nifti') return niftiSliceSize(bytes, page, name, reading);
  if (format === 'dicom') return dicomFrameSize(bytes, page, name);
  if (format === 'tiff') {
    const file = tiffFile(bytes, name);
    const slices = slicesOfPage(file, page, reading.planes, name);
    const size = tiffPageSize(file, slices[0] ?? 0, name);
    return { ...size, bytes: size.bytes * Math.min(2, slices.length) };
  }
  const metadata = await readMetadata(bytes, name, page);
  const { width, height, orientation = 1 } = metadata;
  return { width, height, bytes: decodedBytes(metadata) * copiesOf(metadata), orientation };
}

/**
 * Decodes one page of an image at its native depth (8 or 16 bit unsigned, or 32-bit float; everything else is held as float).
 * Alpha is split off, three equal channels become one, colour profiles and EXIF orientation are not applied:
 * measurements belong to the stored values.
 *
 * @param page slice of a stack or volume, or frame, from 0; other formats have page 0 only
 * @param reading channel of a file with several; axis and window of volumes
 * @throws a failure of common/failures/decoding.ts when the page cannot be decoded completely, naming the file and the reason
 */
export async function decodeImage(
  bytes: Buffer,
  page: number,
  name: string,
  reading: ImageReading = PLAIN_READING,
): Promise<Raster> {
  const { channel } = reading;
  const format = recognise(bytes, name);
  if (format === 'nifti') return decodeNifti(bytes, page, name, reading, 'image');
  if (format === 'dicom') return (await decodeDicom(bytes, page, name, reading, 'image')).raster;
  if (format === 'bmp') return decodeBmp(bytes, name);
  if (format !== 'tiff') return decodeByLibvips(bytes, 0, name);
  const file = tiffFile(bytes, name);
  return brightest(slicesOfPage(file, page, reading.planes, name), name, (slice) =>
    decodeSlice(bytes, file, { slice, channel, as: 'image' }, name),
  );
}

/** A mask as it is stored. */
export interface StoredMask {
  readonly raster: Raster;
  /** Colours of a palette as 0xRRGGBB, by index; null when the file has none. The raster then holds indices. */
  readonly palette: readonly number[] | null;
  /** The file says that 0 is white: programs that show it show what is stored as 0 bright. */
  readonly minIsWhite: boolean;
  /** It was painted of outlines: its values are what was drawn, however few pixels they have. */
  readonly isDrawn?: boolean;
}

/**
 * Decodes one page of a mask to the values that are stored: indices of a palette instead of their colours, 0 where the file says 0,
 * whether it calls that white or black, and 0 to 3 where a pixel has two bits.
 *
 * @throws as `decodeImage`
 */
export async function decodeMask(
  bytes: Buffer,
  page: number,
  name: string,
  reading: ImageReading = PLAIN_READING,
): Promise<StoredMask> {
  const format = recognise(bytes, name);
  const plain = { palette: null, minIsWhite: false };
  if (format === 'nifti') return { ...plain, raster: await decodeNifti(bytes, page, name, reading, 'mask') };
  if (format === 'dicom') return decodeDicom(bytes, page, name, reading, 'mask');
  if (format === 'bmp') return { ...plain, ...decodeStoredBmp(bytes, name) };
  if (format === 'png') {
    const indexed = indexedPng(bytes);
    if (!indexed) return { ...plain, raster: await decodeByLibvips(bytes, 0, name) };
    // An outline may also be drawn in the transparency of a palette.
    const shown = indexed.transparent ? await decodeByLibvips(bytes, 0, name) : null;
    if (shown?.alpha) return { ...plain, raster: shown };
    return { ...plain, palette: indexed.palette, raster: await decodeByLibvips(indexed.bytes, 0, name) };
  }
  if (format !== 'tiff') return { ...plain, raster: await decodeByLibvips(bytes, 0, name) };
  const file = tiffFile(bytes, name);
  const first = file.pages[0];
  const slices = slicesOfPage(file, page, reading.planes, name);
  return {
    raster: await brightest(slices, name, (slice) =>
      decodeSlice(bytes, file, { slice, channel: 0, as: 'mask' }, name),
    ),
    palette: first ? tiffPalette(first) : null,
    minIsWhite: first?.photometric === PHOTOMETRIC.minIsWhite,
  };
}

async function decodeSlice(bytes: Buffer, file: TiffFile, plane: TiffPlane, name: string): Promise<Raster> {
  const decoding = await decodeTiff(bytes, file, plane, name);
  return decoding.by === 'values' ? decoding.raster : decodeByLibvips(decoding.bytes, decoding.page, name);
}

/** The greatest value of every pixel over some slices of one size and kind, decoded one after the other. @throws image-damaged */
async function brightest(
  slices: readonly number[],
  name: string,
  decode: (slice: number) => Promise<Raster>,
): Promise<Raster> {
  const [first = 0, ...others] = slices;
  const found = await decode(first);
  for (const slice of others) {
    const raster = await decode(slice);
    const isAlike =
      raster.width === found.width &&
      raster.height === found.height &&
      raster.bitDepth === found.bitDepth &&
      raster.channels === found.channels;
    if (!isAlike)
      throw new CcnetError('image-damaged', {
        file: name,
        reason: `plane ${slice + 1} is of another kind than the others`,
      });
    for (let index = 0; index < found.data.length; index += 1)
      found.data[index] = Math.max(found.data[index] ?? 0, raster.data[index] ?? 0);
  }
  return found;
}

async function decodeByLibvips(bytes: Buffer, page: number, name: string): Promise<Raster> {
  const format = recognise(bytes, name) as PictureFormat;
  const metadata = await readMetadata(bytes, name, page);
  const depth = nativeDepth(metadata, name);
  const space = nativeSpace(metadata);
  try {
    const { data, info } = await decodeWhole(bytes, format, options(page), (image) =>
      image.toColourspace(space).raw({ depth }),
    );
    return toRaster(typedView(data, depth), info.width, info.height, info.channels, metadata);
  } catch (cause) {
    throw unreadable(name, cause);
  }
}

/** How a file begins that Git LFS left in place of another. */
const LFS = 'version https://git-lfs.';

function recognise(bytes: Buffer, name: string): ImageFormat {
  if (bytes.length === 0) throw new CcnetError('image-empty', { file: name });
  const format = sniffFormat(bytes);
  if (bytes.toString('latin1', 0, LFS.length) === LFS)
    throw new CcnetError('image-not-downloaded', { file: name });
  if (format === null)
    throw new CcnetError('image-format-unknown', { file: name, holds: contentName(bytes) });
  return format;
}

const options = (page: number): SharpOptions => ({ page, limitInputPixels: false, ignoreIcc: true });

async function readMetadata(bytes: Buffer, name: string, page: number): Promise<Metadata> {
  let metadata: Metadata;
  try {
    metadata = await sharp(bytes, { ...options(page), failOn: 'error' }).metadata();
  } catch (cause) {
    throw unreadable(name, cause);
  }
  const { width, height } = metadata;
  if (width * height > MAX_PIXELS) {
    throw new CcnetError('image-too-large', { file: name, width, height, most: MAX_PIXELS });
  }
  const most = MAX_DECODED_BYTES / copiesOf(metadata);
  if (decodedBytes(metadata) > most) {
    const [channels, bits] = [decodedChannels(metadata), valueBytes(metadata) * 8];
    const facts = { file: name, width, height, channels, bits, most };
    throw new CcnetError('image-takes-too-much', facts);
  }
  return metadata;
}

function decodedBytes(metadata: Metadata): number {
  return metadata.width * metadata.height * decodedChannels(metadata) * valueBytes(metadata);
}

/** WebP and GIF are decoded as a whole before the first row can be had; the others row by row. */
function copiesOf({ format }: Metadata): 1 | 2 {
  return format === 'webp' || format === 'gif' ? 2 : 1;
}

/** Palettes are decoded to colours, and may hold transparency. */
function decodedChannels({ channels, isPalette, format }: Metadata): number {
  return isPalette === true || format === 'gif' ? 4 : channels;
}

function valueBytes({ depth }: Metadata): 1 | 2 | 4 {
  return depth === 'uchar' ? 1 : depth === 'ushort' ? 2 : 4;
}

/** Signed 16-bit and wider values would be clipped on the way, so they are refused rather than changed silently. */
function nativeDepth(metadata: Metadata, name: string): 'uchar' | 'ushort' | 'float' {
  const depth: string = metadata.depth;
  if (depth === 'uchar' || depth === 'ushort') return depth;
  if (depth === 'float' || depth === 'uint' || depth === 'int') return 'float';
  throw new CcnetError('image-values-unread', { file: name, values: depth });
}

/** Naming the space that the file already has keeps libvips from converting (and clipping) the values. */
function nativeSpace(metadata: Metadata): string {
  const space: string = metadata.space;
  return ['b-w', 'grey16', 'rgb16', 'scrgb'].includes(space) ? space : 'srgb';
}

function typedView(data: Buffer, depth: 'uchar' | 'ushort' | 'float'): Raster['data'] {
  if (depth === 'uchar') return new Uint8Array(data.buffer, data.byteOffset, data.length);
  const own = data.byteOffset % 4 === 0 ? data : Buffer.from(data);
  return depth === 'ushort'
    ? new Uint16Array(own.buffer, own.byteOffset, own.length / 2)
    : new Float32Array(own.buffer, own.byteOffset, own.length / 4);
}

function toRaster(
  data: Raster['data'],
  width: number,
  height: number,
  stored: number,
  metadata: Metadata,
): Raster {
  const colours = stored >= 3 ? 3 : 1;
  const plain = takeChannels(data, stored, colours);
  const notFinite = plain instanceof Float32Array && replaceNotFinite(plain);
  const grey = colours === 3 && isGreyStoredAsColour(plain);
  // GIF and palette images always arrive as RGB; being grey is then not worth a word.
  const greyStoredAsColour = grey && metadata.format !== 'gif' && metadata.isPalette !== true;
  return {
    width,
    height,
    channels: grey ? 1 : colours,
    bitDepth: plain instanceof Uint8Array ? 8 : plain instanceof Uint16Array ? 16 : 32,
    data: grey ? takeChannels(plain, 3, 1) : plain,
    alpha: stored === 2 || stored === 4 ? transparency(data, stored) : null,
    orientation: metadata.orientation ?? 1,
    greyStoredAsColour,
    notFinite,
  };
}

/** The last channel as 0..255, or null when the image is opaque throughout. */
function transparency(data: Raster['data'], stored: number): Uint8Array | null {
  const full = data instanceof Uint8Array ? 255 : data instanceof Uint16Array ? 65_535 : 1;
  const alpha = new Uint8Array(data.length / stored);
  let opaque = true;
  for (let pixel = 0; pixel < alpha.length; pixel += 1) {
    const value = data[pixel * stored + stored - 1] ?? 0;
    alpha[pixel] = Math.round((value / full) * 255);
    opaque &&= value >= full;
  }
  return opaque ? null : alpha;
}
