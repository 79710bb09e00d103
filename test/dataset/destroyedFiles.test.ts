import { describe, expect, it } from 'vitest';
import { decodeImage } from '../../src-main/dataset/decoding/decodeImage.ts';
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
  /** A lossless WebP of one colour; of the size that is written into its head, whatever that is. */
  it('is refused by its header', async () => {
    const bytes = await webp(asRgb(photoPixels(1, 8, 8).fill(9)), 8, 3);
    const at = bytes.indexOf('VP8L') + 9;
    // 14 bits each of width and height less one, then transparency.
    bytes.writeUInt32LE((16_382 | (16_382 << 14) | (1 << 28)) >>> 0, at);
    const facts = { file: 'f', width: 16_383, height: 16_383, channels: 4 };
    await expect(decodeImage(bytes, 0, 'f')).rejects.toThrow(failing('image-takes-too-much', facts));
  });
});
