import { describe, expect, it } from 'vitest';
import { decodeImage } from '../../src-main/dataset/decoding/decodeImage.ts';
import type { DatasetSource } from '../../src-main/dataset/source/datasetSource.ts';
import { openPair, pairSize } from '../../src-main/dataset/pairing/pairFiles.ts';
import { PLAIN_READING } from '#common/dataset/readMaskValue.ts';
import { failing } from '../failing.ts';
import { asRgb, jpeg, photoPixels, webp } from './support/pictures.ts';
import { tiledTiff } from './support/tiledTiff.ts';

const WIDTH = 128;
const photo = photoPixels(5, WIDTH, WIDTH);

describe('a tiled TIFF', () => {
  it.each([{ deflate: false }, { deflate: true }, { deflate: true, odd: true }])(
    'is read whole: %o',
    async (options) => {
      const { data } = await decodeImage(tiledTiff(photo, WIDTH, 32, options), 0, 'f');
      expect(Array.from(data)).toEqual(Array.from(photo));
    },
  );

  it.each([false, true])(
    'that is cut off is refused, however little is missing (compressed: %s)',
    async (deflate) => {
      const whole = tiledTiff(photo, WIDTH, 32, { deflate });
      for (const share of [0.5, 0.6, 0.7, 0.8, 0.9, 0.95, 0.98, 0.99]) {
        const cut = whole.subarray(0, Math.floor(whole.length * share));
        await expect(decodeImage(cut, 0, 'f')).rejects.toThrow(failing('image-damaged', { file: 'f' }));
      }
    },
  );
});

describe('a JPEG whose data end early', () => {
  it('is refused where its decoder merely warns, and only it, when several are decoded at once', async () => {
    const whole = await jpeg(photo, WIDTH);
    // The end mark is there: only what lies between is missing.
    const cut = Buffer.concat([whole.subarray(0, Math.floor(whole.length / 2)), Buffer.from([0xff, 0xd9])]);
    const outcomes = await Promise.allSettled(
      Array.from({ length: 24 }, (_, index) => decodeImage(index % 4 === 1 ? cut : whole, 0, `f${index}`)),
    );
    const refused = outcomes.flatMap(({ status }, index) => (status === 'rejected' ? [index] : []));
    expect(refused).toEqual([1, 5, 9, 13, 17, 21]);
  });
});

describe('a small file that says it holds an enormous image', () => {
  /** A lossless WebP of one colour and transparency; of the size that is written into its head, whatever that is. */
  async function enormous(side: number): Promise<Buffer> {
    const bytes = await webp(asRgb(photoPixels(1, 8, 8).fill(9)), 8, 3);
    // 14 bits each of width and height less one, then transparency.
    bytes.writeUInt32LE(((side - 1) | ((side - 1) << 14) | (1 << 28)) >>> 0, bytes.indexOf('VP8L') + 9);
    return bytes;
  }

  it('is refused by its header', async () => {
    const facts = { file: 'f', width: 16_383, height: 16_383, channels: 4 };
    await expect(decodeImage(await enormous(16_383), 0, 'f')).rejects.toThrow(
      failing('image-takes-too-much', facts),
    );
  });

  it('is refused earlier where its decoder holds the picture twice', async () => {
    const facts = { file: 'f', width: 12_000, height: 12_000, most: 400e6 };
    await expect(decodeImage(await enormous(12_000), 0, 'f')).rejects.toThrow(
      failing('image-takes-too-much', facts),
    );
  });

  it('is refused with its mask where both together take too much', async () => {
    const files = { 'a.webp': await enormous(9000), 'a_mask.webp': await enormous(9000) };
    const source = {
      read: (path: string) => Promise.resolve(files[path as keyof typeof files]),
    } as unknown as DatasetSource;
    const pair = await openPair(source, { image: 'a.webp', masks: ['a_mask.webp'] }, PLAIN_READING);
    const facts = { file: 'a.webp', width: 9000, height: 9000, bytes: 9000 ** 2 * (8 + 8 + 1), most: 900e6 };
    await expect(pairSize(pair, 0, PLAIN_READING)).rejects.toThrow(failing('pair-takes-too-much', facts));
  });
});
