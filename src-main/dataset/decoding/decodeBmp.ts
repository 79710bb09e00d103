import type { Raster } from './raster.ts';
import { isGreyStoredAsColour, takeChannels } from './raster.ts';
import { CcnetError } from '#common/errors.ts';
import { MAX_DECODED_BYTES, MAX_PIXELS } from './limits.ts';

interface BmpHeader {
  readonly width: number;
  readonly height: number;
  readonly topDown: boolean;
  readonly bits: number;
  readonly pixelOffset: number;
  readonly paletteOffset: number;
  readonly paletteEntryBytes: number;
  readonly paletteEntries: number;
}

/**
 * Reads an uncompressed Windows bitmap of 1, 4, 8, 24 or 32 bits per pixel, stored bottom-up or top-down.
 * The fourth byte of 32-bit pixels is no alpha by the format's definition and is dropped.
 *
 * @param name the file's name, for messages
 * @throws a failure of common/failures/decoding.ts when the file is truncated, too large, or of another BMP variant
 */
export function decodeBmp(bytes: Buffer, name: string): Raster {
  return decode(bytes, name, readPalette);
}

/** The same with indices where the file has a palette, and the palette's colours as 0xRRGGBB. @throws as `decodeBmp` */
export function decodeStoredBmp(
  bytes: Buffer,
  name: string,
): { readonly raster: Raster; readonly palette: readonly number[] | null } {
  const header = readBmpHeader(bytes, name);
  if (header.bits > 8) return { raster: decodeBmp(bytes, name), palette: null };
  const colours = readPalette(bytes, header, name);
  const palette = Array.from({ length: header.paletteEntries }, (_, index) =>
    Buffer.from(colours).readUIntLE(index * 3, 3),
  );
  const indices = Uint8Array.from({ length: 256 * 3 }, (_, index) => Math.floor(index / 3));
  return { raster: decode(bytes, name, () => indices), palette };
}

function decode(bytes: Buffer, name: string, paletteOf: typeof readPalette): Raster {
  const header = readBmpHeader(bytes, name);
  const { width, height, bits } = header;
  const stride = Math.ceil((width * bits) / 32) * 4;
  if (header.pixelOffset + stride * height > bytes.length) {
    throw new CcnetError('bmp-cut-off', { file: name, within: 'rows' });
  }
  const rgb = new Uint8Array(width * height * 3);
  const palette = bits <= 8 ? paletteOf(bytes, header, name) : null;
  for (let y = 0; y < height; y += 1) {
    const row = header.pixelOffset + (header.topDown ? y : height - 1 - y) * stride;
    for (let x = 0; x < width; x += 1) {
      const target = (y * width + x) * 3;
      const source = palette ? paletteIndex(bytes, row, x, bits) * 3 : row + x * (bits / 8);
      const colours = palette ?? bytes;
      rgb[target] = colours[source + 2] ?? 0;
      rgb[target + 1] = colours[source + 1] ?? 0;
      rgb[target + 2] = colours[source] ?? 0;
    }
  }
  const grey = isGreyStoredAsColour(rgb);
  return {
    width,
    height,
    channels: grey ? 1 : 3,
    bitDepth: 8,
    data: grey ? takeChannels(rgb, 3, 1) : rgb,
    alpha: null,
    orientation: 1,
    greyStoredAsColour: grey && bits > 8,
    notFinite: false,
  };
}

/** What a BMP says of itself. @throws as decodeBmp */
export function readBmpHeader(bytes: Buffer, name: string): BmpHeader {
  if (bytes.length < 26) throw new CcnetError('bmp-cut-off', { file: name, within: 'header' });
  const headerBytes = bytes.readUInt32LE(14);
  const isCore = headerBytes === 12;
  if ((!isCore && headerBytes < 40) || bytes.length < 14 + headerBytes) {
    throw new CcnetError('bmp-header-damaged', { file: name });
  }
  const width = isCore ? bytes.readUInt16LE(18) : bytes.readInt32LE(18);
  const storedHeight = isCore ? bytes.readUInt16LE(20) : bytes.readInt32LE(22);
  const bits = bytes.readUInt16LE(isCore ? 24 : 28);
  const compression = isCore ? 0 : bytes.readUInt32LE(30);
  const height = Math.abs(storedHeight);
  if (width <= 0 || height === 0) throw new CcnetError('bmp-without-pixels', { file: name });
  if (width * height > MAX_PIXELS) {
    throw new CcnetError('image-too-large', { file: name, width, height, most: MAX_PIXELS });
  }
  if (width * height * 3 > MAX_DECODED_BYTES) {
    const facts = { file: name, width, height, channels: 3, bits: 8, most: MAX_DECODED_BYTES };
    throw new CcnetError('image-takes-too-much', facts);
  }
  const plainFields = compression === 3 && bits === 32 && hasPlainMasks(bytes, headerBytes);
  if (![1, 4, 8, 24, 32].includes(bits) || (compression !== 0 && !plainFields)) {
    throw new CcnetError('bmp-kind-unread', { file: name, bits, compression });
  }
  const declaredColours = isCore ? 0 : bytes.readUInt32LE(46);
  return {
    width,
    height,
    topDown: storedHeight < 0,
    bits,
    pixelOffset: bytes.readUInt32LE(10),
    paletteOffset: 14 + headerBytes,
    paletteEntryBytes: isCore ? 3 : 4,
    paletteEntries: Math.min(declaredColours || 2 ** Math.min(bits, 8), 256),
  };
}

/** BI_BITFIELDS with the usual blue-green-red order is the same as no compression. */
function hasPlainMasks(bytes: Buffer, headerBytes: number): boolean {
  const offset = headerBytes === 40 ? 54 : 14 + 40;
  if (bytes.length < offset + 12) return false;
  const masks = [0, 4, 8].map((step) => bytes.readUInt32LE(offset + step));
  return masks[0] === 0xff0000 && masks[1] === 0xff00 && masks[2] === 0xff;
}

/** Blue, green, red per entry; indices beyond the declared palette read as black, as other readers show them. */
function readPalette(bytes: Buffer, header: BmpHeader, name: string): Uint8Array {
  const { paletteOffset, paletteEntryBytes, paletteEntries } = header;
  if (paletteOffset + paletteEntries * paletteEntryBytes > bytes.length) {
    throw new CcnetError('bmp-cut-off', { file: name, within: 'palette' });
  }
  const palette = new Uint8Array(256 * 3);
  for (let entry = 0; entry < paletteEntries; entry += 1) {
    const from = paletteOffset + entry * paletteEntryBytes;
    palette.set(bytes.subarray(from, from + 3), entry * 3);
  }
  return palette;
}

function paletteIndex(bytes: Buffer, row: number, x: number, bits: number): number {
  const perByte = 8 / bits;
  const byte = bytes[row + Math.floor(x / perByte)] ?? 0;
  return (byte >> (8 - bits * ((x % perByte) + 1))) & (2 ** bits - 1);
}
