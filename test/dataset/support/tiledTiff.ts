import { deflateSync } from 'node:zlib';

const SHORT = 3;
const LONG = 4;
const RATIONAL_FREE_TAG = 50838;

/**
 * A little-endian grey TIFF of 8-bit tiles whose directory stands in front, as microscopes write them: cut off, it still says what it
 * was. sharp writes the directory last.
 * @param pixels height * width values; both sides multiples of `side`
 */
export function tiledTiff(
  pixels: Uint8Array,
  width: number,
  side: number,
  { deflate = false, odd = false }: { deflate?: boolean; odd?: boolean } = {},
): Buffer {
  const height = pixels.length / width;
  const tiles: Buffer[] = [];
  for (let top = 0; top < height; top += side) {
    for (let left = 0; left < width; left += side) {
      const tile = Buffer.alloc(side * side);
      for (let y = 0; y < side; y += 1) {
        const from = (top + y) * width + left;
        tile.set(pixels.subarray(from, from + side), y * side);
      }
      tiles.push(deflate ? deflateSync(tile) : tile);
    }
  }
  const tags: [number, number, number, number][] = [
    [256, LONG, 1, width],
    [257, LONG, 1, height],
    [258, SHORT, 1, 8],
    [259, SHORT, 1, deflate ? 8 : 1],
    [262, SHORT, 1, 1],
    [277, SHORT, 1, 1],
    [322, LONG, 1, side],
    [323, LONG, 1, side],
    [324, LONG, tiles.length, 0],
    [325, LONG, tiles.length, 0],
    // A tag that nobody knows, as ImageJ and others add them.
    ...(odd ? [[RATIONAL_FREE_TAG, LONG, 1, 7] as [number, number, number, number]] : []),
  ];
  const directory = 8 + 2 + tags.length * 12 + 4;
  const data = directory + tiles.length * 8;
  const head = Buffer.alloc(data);
  head.set([0x49, 0x49, 42, 0, 8, 0, 0, 0]);
  head.writeUInt16LE(tags.length, 8);
  tags.forEach(([tag, type, count, value], index) => {
    const at = 10 + index * 12;
    head.writeUInt16LE(tag, at);
    head.writeUInt16LE(type, at + 2);
    head.writeUInt32LE(count, at + 4);
    const place = tag === 324 ? directory : tag === 325 ? directory + tiles.length * 4 : value;
    if (type === SHORT) head.writeUInt16LE(place, at + 8);
    else head.writeUInt32LE(place, at + 8);
  });
  let offset = data;
  tiles.forEach((tile, index) => {
    head.writeUInt32LE(offset, directory + index * 4);
    head.writeUInt32LE(tile.length, directory + (tiles.length + index) * 4);
    offset += tile.length;
  });
  return Buffer.concat([head, ...tiles]);
}
