import { CcnetError } from '#common/errors.ts';
import { bufferAccess, type RandomAccess } from '../../../files/randomAccess.ts';

/** Tags of TIFF 6.0, its supplements and libtiff that are looked at. */
export const TAG = {
  newSubfileType: 254,
  subfileType: 255,
  width: 256,
  height: 257,
  bitsPerSample: 258,
  compression: 259,
  photometric: 262,
  fillOrder: 266,
  imageDescription: 270,
  stripOffsets: 273,
  orientation: 274,
  samplesPerPixel: 277,
  rowsPerStrip: 278,
  stripByteCounts: 279,
  planarConfiguration: 284,
  t4Options: 292,
  t6Options: 293,
  predictor: 317,
  colorMap: 320,
  tileWidth: 322,
  tileLength: 323,
  tileOffsets: 324,
  tileByteCounts: 325,
  extraSamples: 338,
  sampleFormat: 339,
  jpegTables: 347,
  /** Of SGI and tifffile: slices of a volume in one page. */
  imageDepth: 32997,
} as const;

/** One entry of a directory: its values still as bytes, in the file's byte order. */
export interface TiffEntry {
  readonly tag: number;
  readonly type: number;
  readonly count: number;
  readonly value: Buffer;
}

/** One image file directory (IFD) of a TIFF. */
export interface TiffDirectory {
  readonly littleEndian: boolean;
  readonly entries: ReadonlyMap<number, TiffEntry>;
}

/** Bytes of one value by field type; types 16 to 18 are those of BigTIFF. */
const TYPE_BYTES: Readonly<Record<number, number>> = {
  1: 1,
  2: 1,
  3: 2,
  4: 4,
  5: 8,
  6: 1,
  7: 1,
  8: 2,
  9: 4,
  10: 8,
  11: 4,
  12: 8,
  13: 4,
  16: 8,
  17: 8,
  18: 8,
};
const MOST_DIRECTORIES = 100_000;

/**
 * Reads all directories of the chain of a classic or Big TIFF; directories below others (SubIFDs) are no part of it.
 * Nothing is decoded. Entries that point out of the file are left out.
 *
 * @throws image-damaged when the chain leaves the file, turns in a circle or holds no directory
 */
export function tiffDirectories(bytes: RandomAccess, name: string): TiffDirectory[] {
  const littleEndian = bytes.part(0, 1)[0] === 0x49;
  const read = reader(bytes, littleEndian);
  const big = read.short(2) === 43;
  const directories: TiffDirectory[] = [];
  const seen = new Set<number>();
  let offset = big ? read.long8(8) : read.long(4);
  while (offset !== null && offset !== 0) {
    if (seen.has(offset) || directories.length >= MOST_DIRECTORIES)
      throw damaged(name, 'its pages turn in a circle');
    seen.add(offset);
    const count = big ? read.long8(offset) : read.short(offset);
    const entryBytes = big ? 20 : 12;
    const first = offset + (big ? 8 : 2);
    if (count === null || first + count * entryBytes > bytes.length) break;
    const entries = new Map<number, TiffEntry>();
    for (let index = 0; index < count; index += 1) {
      const entry = readEntry(bytes, read, first + index * entryBytes, big);
      if (entry && !entries.has(entry.tag)) entries.set(entry.tag, entry);
    }
    directories.push({ littleEndian, entries });
    const next = first + count * entryBytes;
    const link: number | null = big ? read.long8(next) : read.long(next);
    // A missing link after whole pages: what is there is whole.
    if (link === null && directories.length > 0) break;
    offset = link;
  }
  if (offset === null || (offset !== 0 && directories.length === 0))
    throw damaged(name, 'its first page lies beyond its end');
  if (offset !== 0 && offset > bytes.length) throw damaged(name, 'the next page lies beyond its end');
  if (directories.length === 0) throw damaged(name, 'it holds no page');
  return directories;
}

function readEntry(bytes: RandomAccess, read: Reader, at: number, big: boolean): TiffEntry | null {
  const tag = read.short(at);
  const type = read.short(at + 2);
  const count = big ? read.long8(at + 4) : read.long(at + 4);
  if (tag === null || type === null || count === null) return null;
  const size = (TYPE_BYTES[type] ?? 0) * count;
  const inline = big ? 8 : 4;
  const place = size <= inline ? at + (big ? 12 : 8) : big ? read.long8(at + 12) : read.long(at + 8);
  if (size === 0 || place === null || place + size > bytes.length) return null;
  return { tag, type, count, value: bytes.part(place, size) };
}

interface Reader {
  readonly short: (at: number) => number | null;
  readonly long: (at: number) => number | null;
  readonly long8: (at: number) => number | null;
}

/** Unsigned values at a place; null beyond the end. */
function reader(bytes: RandomAccess, littleEndian: boolean): Reader {
  const holds = (at: number, size: number): boolean => at >= 0 && at + size <= bytes.length;
  const whole = (value: bigint): number => Number(value < 2n ** 53n ? value : 2n ** 53n - 1n);
  return {
    short: (at) => {
      if (!holds(at, 2)) return null;
      return littleEndian ? bytes.part(at, 2).readUInt16LE() : bytes.part(at, 2).readUInt16BE();
    },
    long: (at) => {
      if (!holds(at, 4)) return null;
      return littleEndian ? bytes.part(at, 4).readUInt32LE() : bytes.part(at, 4).readUInt32BE();
    },
    long8: (at) => {
      if (!holds(at, 8)) return null;
      const value = bytes.part(at, 8);
      return whole(littleEndian ? value.readBigUInt64LE() : value.readBigUInt64BE());
    },
  };
}

/** Unsigned whole numbers of a tag (types BYTE, SHORT, LONG, LONG8, IFD); none when it is absent or of another type. */
export function numbersOf({ entries, littleEndian }: TiffDirectory, tag: number): number[] {
  const entry = entries.get(tag);
  if (!entry) return [];
  const { type, count, value } = entry;
  const size = TYPE_BYTES[type] ?? 0;
  if (![1, 3, 4, 13, 16, 18].includes(type)) return [];
  const read = reader(bufferAccess(value), littleEndian);
  const one =
    size === 1
      ? (at: number) => value[at] ?? null
      : size === 2
        ? read.short
        : size === 4
          ? read.long
          : read.long8;
  return Array.from({ length: count }, (_, index) => one(index * size) ?? 0);
}

/** The first number of a tag, or `otherwise`. */
export function numberOf(directory: TiffDirectory, tag: number, otherwise: number): number {
  return numbersOf(directory, tag)[0] ?? otherwise;
}

/** The text of an ASCII (or byte) tag as UTF-8 without the closing zero; "" when absent. */
export function textOf({ entries }: TiffDirectory, tag: number): string {
  const value = entries.get(tag)?.value;
  if (!value) return '';
  const end = value.indexOf(0);
  return value.toString('utf8', 0, end < 0 ? value.length : end);
}

function damaged(file: string, reason: string): CcnetError {
  return new CcnetError('image-damaged', { file, reason });
}
