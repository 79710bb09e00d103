import type { Size } from '../dataset/working/resampleRows.ts';

const SHORT = 3;
const LONG = 4;
/** Rows of a strip: readers hold one at a time. */
const ROWS = 16;

/**
 * What stands before the pixels of an uncompressed little-endian TIFF of one page (TIFF 6.0, section 2), whose strips follow one another.
 * The file has to end before 4 GiB.
 * @param bits of a value, unsigned
 */
export function plainTiffHead(
  { width, height, channels }: Size & { readonly channels: 1 | 3 },
  bits: 8 | 16,
): Buffer {
  const bytesOfRow = width * channels * (bits / 8);
  const strips = Math.ceil(height / ROWS);
  const rowsOf = (strip: number): number => Math.min(ROWS, height - strip * ROWS);
  const each = Array.from({ length: strips }, (_, strip) => strip);
  const counts = each.map((strip) => rowsOf(strip) * bytesOfRow);
  const fields: readonly (readonly [tag: number, type: number, values: readonly number[]])[] = [
    [256, LONG, [width]],
    [257, LONG, [height]],
    [258, SHORT, Array.from({ length: channels }, () => bits)],
    [259, SHORT, [1]],
    [262, SHORT, [channels === 1 ? 1 : 2]],
    [273, LONG, each],
    [277, SHORT, [channels]],
    [278, LONG, [ROWS]],
    [279, LONG, counts],
  ];
  const size = (type: number, count: number): number => count * (type === SHORT ? 2 : 4);
  const directory = 8;
  let free = directory + 2 + fields.length * 12 + 4;
  const places = fields.map(([, type, values], index) => {
    const length = size(type, values.length);
    if (length <= 4) return directory + 2 + index * 12 + 8;
    const place = free;
    free += length + (length % 2);
    return place;
  });
  const head = Buffer.alloc(free);
  head.write('II', 'latin1');
  head.writeUInt16LE(42, 2);
  head.writeUInt32LE(directory, 4);
  head.writeUInt16LE(fields.length, directory);
  fields.forEach(([tag, type, values], index) => {
    const entry = directory + 2 + index * 12;
    head.writeUInt16LE(tag, entry);
    head.writeUInt16LE(type, entry + 2);
    head.writeUInt32LE(values.length, entry + 4);
    const place = places[index] ?? 0;
    if (place !== entry + 8) head.writeUInt32LE(place, entry + 8);
    values.forEach((value, at) => {
      // Strips lie behind the head, one after another.
      const number = tag === 273 ? free + value * ROWS * bytesOfRow : value;
      if (type === SHORT) head.writeUInt16LE(number, place + at * 2);
      else head.writeUInt32LE(number, place + at * 4);
    });
  });
  return head;
}
