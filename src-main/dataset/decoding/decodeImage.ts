import type { Metadata, SharpOptions } from 'sharp';
import { decodeBmp, readBmpHeader } from './decodeBmp.ts';
import { decodeWhole } from './decodeWhole.ts';
import { CcnetError, reasonOf } from '#common/errors.ts';
import { sharp } from './imageDecoder.ts';
import type { ImageFormat } from './imageFormat.ts';
import { isLossy, sniffFormat } from './imageFormat.ts';
import { MAX_DECODED_BYTES, MAX_PIXELS } from './limits.ts';
import type { Raster } from './raster.ts';
import { isGreyStoredAsColour, takeChannels } from './raster.ts';

/** What a file holds, known from its header alone. */
export interface ImageHeader {
  readonly format: ImageFormat;
  /** Pages of a multi-page TIFF; 1 for everything else (an animation counts as its first frame). */
  readonly pages: number;
  /** Decoded values may differ from what was drawn (JPEG, lossy WebP). */
  readonly lossy: boolean;
}

/**
 * Reads the header of PNG, JPEG, WebP, TIFF, GIF or BMP.
 * @param name the file's name, for messages
 * @throws a failure of common/failures/decoding.ts when the file is empty, of another format or damaged
 */
export async function readImageHeader(bytes: Buffer, name: string): Promise<ImageHeader> {
  const format = recognise(bytes, name);
  if (format !== 'tiff') return { format, pages: 1, lossy: isLossy(format, bytes) };
  const metadata = await readMetadata(bytes, name, 0);
  return { format, pages: metadata.pages ?? 1, lossy: false };
}

/** How large a page is, before any pixel of it is decoded. */
export interface PageSize {
  /** As stored. */
  readonly width: number;
  readonly height: number;
  /** Its decoded pixels. */
  readonly bytes: number;
  /** EXIF/TIFF orientation 1..8. */
  readonly orientation: number;
}

/** @throws a failure of common/failures/decoding.ts when the header is damaged, or says more than is ever decoded */
export async function readPageSize(bytes: Buffer, page: number, name: string): Promise<PageSize> {
  if (recognise(bytes, name) === 'bmp') {
    const { width, height } = readBmpHeader(bytes, name);
    return { width, height, bytes: width * height * 3, orientation: 1 };
  }
  const metadata = await readMetadata(bytes, name, page);
  const { width, height, orientation = 1 } = metadata;
  return { width, height, bytes: decodedBytes(metadata), orientation };
}

/**
 * Decodes one page at its native depth (8 or 16 bit unsigned, or 32-bit float; 32-bit integers are held as float).
 * Alpha is split off, three equal channels become one, colour profiles and EXIF orientation are not applied:
 * measurements belong to the stored values.
 *
 * @param page page of a multi-page TIFF, from 0; other formats have page 0 only
 * @throws a failure of common/failures/decoding.ts when the page cannot be decoded completely, naming the file and the reason
 */
export async function decodeImage(bytes: Buffer, page: number, name: string): Promise<Raster> {
  const format = recognise(bytes, name);
  if (format === 'bmp') return decodeBmp(bytes, name);
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

function recognise(bytes: Buffer, name: string): ImageFormat {
  if (bytes.length === 0) throw new CcnetError('image-empty', { file: name });
  const format = sniffFormat(bytes);
  if (format === null) throw new CcnetError('image-format-unknown', { file: name });
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
  if (decodedBytes(metadata) > MAX_DECODED_BYTES) {
    const [channels, bits] = [decodedChannels(metadata), valueBytes(metadata) * 8];
    const facts = { file: name, width, height, channels, bits, most: MAX_DECODED_BYTES };
    throw new CcnetError('image-takes-too-much', facts);
  }
  return metadata;
}

function decodedBytes(metadata: Metadata): number {
  return metadata.width * metadata.height * decodedChannels(metadata) * valueBytes(metadata);
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

function replaceNotFinite(values: Float32Array): boolean {
  let least = Number.POSITIVE_INFINITY;
  let found = false;
  for (const value of values) {
    if (!Number.isFinite(value)) found = true;
    else if (value < least) least = value;
  }
  if (!found) return false;
  const filler = Number.isFinite(least) ? least : 0;
  for (let index = 0; index < values.length; index += 1) {
    if (!Number.isFinite(values[index])) values[index] = filler;
  }
  return true;
}

function unreadable(name: string, cause: unknown): CcnetError {
  if (cause instanceof CcnetError) return cause as CcnetError;
  const reason = reasonOf(cause);
  // libvips has words for it and no code. It is no fault of the file.
  if (/out of memory/i.test(reason)) return new CcnetError('out-of-memory', {}, { cause });
  return new CcnetError('image-damaged', { file: name, reason }, { cause });
}
