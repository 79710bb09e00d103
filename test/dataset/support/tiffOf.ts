import { deflateSync, zstdCompressSync } from 'node:zlib';

/** A page as it is to lie in the file: samples as bytes in the file's order, and what the directory says. */
export interface RawPage {
  readonly width: number;
  readonly height: number;
  readonly bits: number;
  /** 1 unsigned, 2 signed, 3 float. */
  readonly format?: 1 | 2 | 3;
  readonly samples?: number;
  readonly photometric?: number;
  /** 8 (Deflate) and 50000 (ZSTD) are packed; with any other number the bytes stay as they are. */
  readonly compression?: number;
  readonly planar?: boolean;
  readonly description?: string;
  /** Further tags of type SHORT. */
  readonly tags?: Readonly<Record<number, readonly number[]>>;
  /** Strips (one for each plane), uncompressed. */
  readonly strips: readonly Buffer[];
}

/** Writes a classic TIFF, one strip a plane, in either byte order. */
export function tiffOf(pages: readonly RawPage[], order: 'little' | 'big' = 'little'): Buffer {
  const short = (value: number): Buffer => {
    const bytes = Buffer.alloc(2);
    if (order === 'little') bytes.writeUInt16LE(value);
    else bytes.writeUInt16BE(value);
    return bytes;
  };
  const long = (value: number): Buffer => {
    const bytes = Buffer.alloc(4);
    if (order === 'little') bytes.writeUInt32LE(value);
    else bytes.writeUInt32BE(value);
    return bytes;
  };
  const even = (bytes: Buffer): Buffer =>
    bytes.length % 2 ? Buffer.concat([bytes, Buffer.alloc(1)]) : bytes;
  const parts: Buffer[] = [Buffer.from(order === 'little' ? 'II' : 'MM'), short(42), long(0)];
  const size = (): number => parts.reduce((sum, part) => sum + part.length, 0);
  const links: number[] = [];
  for (const page of pages) {
    const packed = page.strips.map((strip) =>
      page.compression === 8
        ? deflateSync(strip)
        : page.compression === 50000
          ? zstdCompressSync(strip)
          : strip,
    );
    const offsets = packed.map((strip) => {
      const at = size();
      parts.push(even(strip));
      return at;
    });
    const samples = page.samples ?? 1;
    const entries: [number, 2 | 3 | 4, Buffer, number][] = [];
    const add = (tag: number, type: 3 | 4, values: readonly number[]): void => {
      entries.push([tag, type, Buffer.concat(values.map(type === 3 ? short : long)), values.length]);
    };
    add(256, 4, [page.width]);
    add(257, 4, [page.height]);
    add(
      258,
      3,
      Array.from({ length: samples }, () => page.bits),
    );
    add(259, 3, [page.compression ?? 1]);
    add(262, 3, [page.photometric ?? 1]);
    add(273, 4, offsets);
    add(277, 3, [samples]);
    add(278, 4, [page.height]);
    add(
      279,
      4,
      packed.map((strip) => strip.length),
    );
    add(284, 3, [page.planar === true ? 2 : 1]);
    add(
      339,
      3,
      Array.from({ length: samples }, () => page.format ?? 1),
    );
    for (const [tag, values] of Object.entries(page.tags ?? {})) add(Number(tag), 3, values);
    if (page.description !== undefined) {
      const text = Buffer.from(`${page.description}\0`);
      entries.push([270, 2, text, text.length]);
    }
    entries.sort(([a], [b]) => a - b);
    const placed = entries.map(([tag, type, value, count]) => {
      if (value.length <= 4)
        return Buffer.concat([short(tag), short(type), long(count), value, Buffer.alloc(4 - value.length)]);
      const at = size();
      parts.push(even(value));
      return Buffer.concat([short(tag), short(type), long(count), long(at)]);
    });
    links.push(size());
    parts.push(short(placed.length), ...placed, long(0));
  }
  const whole = Buffer.concat(parts);
  links.forEach((link, index) => {
    const from =
      index === 0 ? 4 : (links[index - 1] ?? 0) + 2 + 12 * entriesAt(whole, links[index - 1] ?? 0, order);
    long(link).copy(whole, from);
  });
  return whole;
}

const entriesAt = (bytes: Buffer, at: number, order: 'little' | 'big'): number =>
  order === 'little' ? bytes.readUInt16LE(at) : bytes.readUInt16BE(at);
