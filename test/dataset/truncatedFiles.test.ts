import { describe, expect, it } from 'vitest';
import { CcnetError } from '#common/errors.ts';
import { decodingFailures } from '#common/failures/decoding.ts';
import { decodeImage, readImageHeader } from '../../src-main/dataset/decoding/decodeImage.ts';
import { bmp } from './support/bmp.ts';
import { asRgb, gif, jpeg, photoPixels, png, png16, tiffLzw, webp } from './support/pictures.ts';
import { tiff } from './support/tiff.ts';

const WIDTH = 40;
const photo = photoPixels(3, WIDTH, 30);
const OFFSETS = 60;
const FLIPS = 60;

const formats: [string, () => Promise<Buffer> | Buffer][] = [
  ['PNG 8', () => png(photo, WIDTH)],
  [
    'PNG 16',
    () =>
      png16(
        Uint16Array.from(photo, (value) => value * 250),
        WIDTH,
      ),
  ],
  ['JPEG', () => jpeg(asRgb(photo), WIDTH, 3)],
  ['WebP', () => webp(asRgb(photo), WIDTH, 3)],
  ['lossy WebP', () => webp(asRgb(photo), WIDTH, 3, false)],
  ['GIF', () => gif(photo, WIDTH)],
  ['TIFF LZW', () => tiffLzw(photo, WIDTH)],
  [
    'TIFF stack of float',
    () =>
      tiff(
        [0, 1].map((page) => ({
          width: WIDTH,
          height: 30,
          samples: 1 as const,
          data: Float32Array.from(photo, (value) => value + page),
        })),
      ),
  ],
  [
    'BMP 8',
    () =>
      bmp(
        WIDTH,
        30,
        {
          bits: 8,
          palette: [
            [1, 2, 3],
            [200, 100, 0],
          ],
        },
        (x, y) => (x + y) % 2,
      ),
  ],
  ['BMP 24', () => bmp(WIDTH, 30, { bits: 24 }, (x, y) => [x, y, 9])],
];

/** Decodes the last page that the header promises; resolves to whether it came out whole. */
async function survives(bytes: Buffer): Promise<boolean> {
  try {
    const { pages } = await readImageHeader(bytes, 'f');
    const { width, height, channels, data } = await decodeImage(bytes, Math.max(0, pages - 1), 'f');
    expect(data).toHaveLength(width * height * channels);
    return true;
  } catch (error) {
    // Anything else is a failure of the program, not of the file.
    if (!(error instanceof CcnetError)) throw error;
    expect(error.failure.code in decodingFailures).toBe(true);
    expect(error.failure.facts).toMatchObject({ file: 'f' });
    return false;
  }
}

describe.each(formats)('%s', (_name, make) => {
  it('cut anywhere is noticed or harmless, and never crashes or hangs', async () => {
    const whole = await make();
    expect(await survives(whole)).toBe(true);
    let unnoticed = 0;
    for (let step = 0; step < OFFSETS; step += 1) {
      const kept = Math.floor((whole.length * step) / OFFSETS);
      if ((await survives(whole.subarray(0, kept))) && kept < whole.length * 0.9) unnoticed += 1;
    }
    expect(unnoticed).toBe(0);
  });

  it('with a byte changed anywhere never crashes or hangs', async () => {
    const whole = await make();
    for (let step = 0; step < FLIPS; step += 1) {
      const changed = Buffer.from(whole);
      // The head is where sizes and offsets stand, so every other change falls there.
      const at = step % 2 === 0 ? step : Math.floor((whole.length * step) / FLIPS);
      changed[at % whole.length] = (step * 89 + 255) & 255;
      await survives(changed);
    }
  });
});
