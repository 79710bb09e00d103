import { numbersOf, TAG, type TiffDirectory } from './tiffDirectories.ts';

type Overrides = ReadonlyMap<number, readonly number[]>;

/** What libtiff needs to decode strips and tiles; nothing else is handed on. */
const KEPT = [
  TAG.width,
  TAG.height,
  TAG.bitsPerSample,
  TAG.compression,
  TAG.photometric,
  TAG.fillOrder,
  TAG.samplesPerPixel,
  TAG.rowsPerStrip,
  TAG.planarConfiguration,
  TAG.t4Options,
  TAG.t6Options,
  TAG.predictor,
  TAG.colorMap,
  TAG.tileWidth,
  TAG.tileLength,
  TAG.extraSamples,
  TAG.sampleFormat,
  TAG.jpegTables,
];

const SHORT = 3;
const LONG = 4;
/** Types that a classic TIFF does not have. */
const BIG_TYPES: readonly number[] = [13, 16, 17, 18];
const LONG_TAGS: readonly number[] = [TAG.width, TAG.height, TAG.rowsPerStrip, TAG.tileWidth, TAG.tileLength];

/**
 * A classic TIFF of one page with the same compressed strips or tiles and another description of them: so libtiff
 * decompresses, and what the numbers mean is decided here.
 *
 * @param blocks the compressed strips or tiles
 * @param changed values of tags that are to differ; an empty list leaves the tag out
 */
export function onePageTiff(
  directory: TiffDirectory,
  tiled: boolean,
  blocks: readonly Buffer[],
  changed: Overrides,
): Buffer {
  const { littleEndian, entries } = directory;
  const number = (values: readonly number[], size: 2 | 4): Buffer => {
    const bytes = Buffer.alloc(values.length * size);
    const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
    values.forEach((value, index) => {
      if (size === 2) view.setUint16(index * 2, value, littleEndian);
      else view.setUint32(index * 4, value, littleEndian);
    });
    return bytes;
  };
  const offsets: number[] = [];
  let end = 8;
  for (const block of blocks) {
    offsets.push(end);
    end += block.length + (block.length % 2);
  }
  const tags = new Map<number, { type: number; count: number; value: Buffer }>();
  for (const tag of KEPT) {
    const entry = entries.get(tag);
    const isBig = entry !== undefined && BIG_TYPES.includes(entry.type);
    const values = changed.get(tag) ?? (isBig ? numbersOf(directory, tag) : undefined);
    if (values) {
      const type = LONG_TAGS.includes(tag) ? LONG : SHORT;
      if (values.length > 0)
        tags.set(tag, { type, count: values.length, value: number(values, type === LONG ? 4 : 2) });
    } else if (entry) tags.set(tag, entry);
  }
  const counts = blocks.map((block) => block.length);
  tags.set(tiled ? TAG.tileOffsets : TAG.stripOffsets, {
    type: LONG,
    count: offsets.length,
    value: number(offsets, 4),
  });
  tags.set(tiled ? TAG.tileByteCounts : TAG.stripByteCounts, {
    type: LONG,
    count: counts.length,
    value: number(counts, 4),
  });

  const sorted = [...tags].sort(([a], [b]) => a - b);
  const head = Buffer.alloc(8);
  head.write(littleEndian ? 'II' : 'MM', 'latin1');
  head.set(number([42], 2), 2);
  head.set(number([end], 4), 4);
  const table = Buffer.alloc(2 + sorted.length * 12 + 4);
  table.set(number([sorted.length], 2), 0);
  const outside: Buffer[] = [];
  let place = end + table.length;
  sorted.forEach(([tag, { type, count, value }], index) => {
    const at = 2 + index * 12;
    table.set(number([tag, type], 2), at);
    table.set(number([count], 4), at + 4);
    if (value.length <= 4) table.set(value, at + 8);
    else {
      table.set(number([place], 4), at + 8);
      const padded = value.length % 2 === 0 ? value : Buffer.concat([value, Buffer.alloc(1)]);
      outside.push(padded);
      place += padded.length;
    }
  });
  const padded = blocks.flatMap((block) => (block.length % 2 === 0 ? [block] : [block, Buffer.alloc(1)]));
  return Buffer.concat([head, ...padded, table, ...outside]);
}
