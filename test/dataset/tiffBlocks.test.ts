import { describe, expect, it } from 'vitest';
import { decodeImage } from '../../src-main/dataset/decoding/decodeImage.ts';
import { failing } from '../failing.ts';
import { photoPixels } from './support/pictures.ts';
import { tiff } from './support/tiff.ts';
import { tiledTiff } from './support/tiledTiff.ts';

const WIDTH = 128;
const SIDE = 32;
const TILES = (WIDTH / SIDE) ** 2;
const photo = photoPixels(5, WIDTH, WIDTH);

/** Where the entry of a tag lies in a directory that begins at 8, and where its values do. */
function entryOf(bytes: Buffer, tag: number): { at: number; values: number } {
  for (let at = 10; ; at += 12) {
    if (bytes.readUInt16LE(at) === tag) return { at, values: bytes.readUInt32LE(at + 8) };
  }
}

const change = (tag: number, index: number, value: (before: number) => number) => (bytes: Buffer) => {
  const at = entryOf(bytes, tag).values + index * 4;
  bytes.writeUInt32LE(value(bytes.readUInt32LE(at)), at);
};
const fewer = (tag: number, count: number) => (bytes: Buffer) => {
  bytes.writeUInt32LE(count, entryOf(bytes, tag).at + 4);
};
const [OFFSETS, COUNTS] = [324, 325];

describe('what a tiled TIFF says of its tiles is compared with the file before anything is decoded', () => {
  it.each([
    [
      'a tile far beyond the end',
      change(OFFSETS, 7, () => 2 ** 31),
      `1 of its ${TILES} tiles lie beyond its end`,
    ],
    [
      'a tile that ends beyond it',
      change(COUNTS, 15, (n) => n + 1),
      `1 of its ${TILES} tiles lie beyond its end`,
    ],
    ['a tile without bytes', change(COUNTS, 3, () => 0), `1 of its ${TILES} tiles hold no bytes`],
    ['a tile that is nowhere', change(OFFSETS, 3, () => 0), `1 of its ${TILES} tiles hold no bytes`],
    ['too few places', fewer(OFFSETS, TILES - 1), `it says where 15 of its ${TILES} tiles are`],
    ['a list of places beyond the end', fewer(OFFSETS, 2 ** 20), `it says where 0 of its ${TILES} tiles are`],
    ['too few lengths', fewer(COUNTS, TILES - 2), `2 of its ${TILES} tiles hold no bytes`],
  ])('%s', async (_name, damage, reason) => {
    for (const deflate of [false, true]) {
      const bytes = tiledTiff(photo, WIDTH, SIDE, { deflate });
      damage(bytes);
      const facts = { file: 'f', reason };
      await expect(decodeImage(bytes, 0, 'f')).rejects.toThrow(failing('image-damaged', facts));
    }
  });

  it('tiles shorter than their pixels', async () => {
    const bytes = tiledTiff(photo, WIDTH, SIDE);
    change(COUNTS, 2, (n) => n - 1)(bytes);
    const reason = `1 of its ${TILES} tiles hold fewer bytes than their pixels take`;
    await expect(decodeImage(bytes, 0, 'f')).rejects.toThrow(failing('image-damaged', { file: 'f', reason }));
  });
});

describe('a TIFF of one strip', () => {
  const data = Float32Array.from(photo);
  const LENGTH = 279;

  it('that is shorter than its pixels is refused', async () => {
    const bytes = tiff([{ width: WIDTH, height: WIDTH, samples: 1, data }]);
    const { at } = entryOf(bytes, LENGTH);
    bytes.writeUInt32LE(bytes.readUInt32LE(at + 8) - 4, at + 8);
    const reason = '1 of its 1 strips hold fewer bytes than their pixels take';
    await expect(decodeImage(bytes, 0, 'f')).rejects.toThrow(failing('image-damaged', { file: 'f', reason }));
  });

  it('that does not say how long it is is refused, as libtiff would have to guess', async () => {
    const bytes = tiff([{ width: WIDTH, height: WIDTH, samples: 1, data: photo }]);
    bytes.writeUInt32LE(0, entryOf(bytes, LENGTH).at + 8);
    const reason = '1 of its 1 strips hold no bytes';
    await expect(decodeImage(bytes, 0, 'f')).rejects.toThrow(failing('image-damaged', { file: 'f', reason }));
  });
});
