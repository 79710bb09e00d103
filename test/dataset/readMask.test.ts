import { describe, expect, it } from 'vitest';
import { decodeImage, decodeMask, readImageHeader } from '../../src-main/dataset/decoding/decodeImage.ts';
import { decideReading } from '../../src-main/dataset/masks/decideReading.ts';
import { takeCensus } from '../../src-main/dataset/masks/takeCensus.ts';
import type { MaskReading } from '../../src-main/dataset/masks/maskReading.ts';
import { readMask } from '../../src-main/dataset/masks/readMask.ts';
import { discPixels, gif, jpeg, photoPixels, png, png16, scaled, webp } from './support/pictures.ts';
import { tiff } from './support/tiff.ts';

const SIDE = 96;
const disc = discPixels(1);
const two = disc.map((value, index) => value || (index % SIDE > 80 ? 2 : 0));

/** Paints value 0, 1, 2 as three colours. */
function painted(colours: readonly (readonly [number, number, number])[]): Uint8Array {
  return Uint8Array.from(
    { length: two.length * 3 },
    (_, index) => colours[two[Math.floor(index / 3)] ?? 0]?.[index % 3] ?? 0,
  );
}

async function read(bytes: Buffer): Promise<MaskReading> {
  const { lossy } = await readImageHeader(bytes, 'mask');
  const mask = await decodeMask(bytes, 0, 'mask');
  return readMask(mask, lossy, decideReading([takeCensus(mask, lossy)], {}).rule);
}

/** Share of pixels in which two masks differ. */
function difference(a: Uint8Array, b: Uint8Array): number {
  return a.reduce((sum, value, index) => sum + Math.abs(value - (b[index] ?? 0)), 0) / a.length;
}

const binary = two.map((value) => (value > 0 ? 1 : 0));
const soft = Uint8Array.from(disc, (value, index) => {
  const mean =
    (value +
      (disc[index - 1] ?? 0) +
      (disc[index + 1] ?? 0) +
      (disc[index - SIDE] ?? 0) +
      (disc[index + SIDE] ?? 0)) /
    5;
  return Math.round(255 * mean);
});
const probability = Float32Array.from(soft, (value) => value / 255);
const shape = Uint8Array.from({ length: disc.length * 4 }, (_, index) =>
  index % 4 === 3 ? 255 * (disc[index >> 2] ?? 0) : 200,
);

describe('the foreground is read exactly from masks drawn as', () => {
  it.each<[string, () => Promise<Buffer> | Buffer, Uint8Array, MaskReading['reading']]>([
    ['0 and 1', () => png(disc), disc, 'binary'],
    ['0 and 255', () => png(scaled(disc, 255)), disc, 'binary'],
    ['a GIF', () => gif(scaled(disc, 255)), disc, 'binary'],
    ['16-bit 0 and 65535', () => png16(Uint16Array.from(disc, (value) => value * 65_535)), disc, 'binary'],
    ['8-bit instance ids', () => png(two), binary, 'instances'],
    ['16-bit instance ids', () => png16(Uint16Array.from(two, (value) => value * 700)), binary, 'instances'],
    [
      '32-bit instance ids',
      () =>
        tiff([
          { width: SIDE, height: SIDE, samples: 1, data: Uint32Array.from(two, (value) => value * 70_000) },
        ]),
      binary,
      'instances',
    ],
    [
      'class codes 0, 128, 255',
      () => png(two.map((value) => [0, 128, 255][value] ?? 0)),
      binary,
      'instances',
    ],
    [
      'colours on black',
      () =>
        png(
          painted([
            [0, 0, 0],
            [255, 0, 0],
            [0, 128, 0],
          ]),
          SIDE,
          3,
        ),
      binary,
      'colour',
    ],
    ['transparency', () => png(shape, SIDE, 4), disc, 'binary'],
    ['lossless WebP', () => webp(scaled(disc, 255)), disc, 'binary'],
  ])('%s', async (_name, make, foreground, reading) => {
    const mask = await read(await make());
    expect(mask).toMatchObject({ reading, doubts: [] });
    expect(difference(mask.foreground, foreground)).toBe(0);
  });

  it('colours on white', async () => {
    const mask = await read(
      await png(
        painted([
          [255, 255, 255],
          [255, 0, 0],
          [0, 128, 0],
        ]),
        SIDE,
        3,
      ),
    );
    expect(mask.doubts).toEqual([]);
    expect(difference(mask.foreground, binary)).toBe(0);
  });

  it('many ids of small objects', async () => {
    const ids = Uint8Array.from({ length: SIDE * SIDE }, (_, index) => {
      const [x, y] = [index % SIDE, Math.floor(index / SIDE)];
      return x % 8 < 4 && y % 8 < 4 ? 1 + (x >> 3) + 12 * (y >> 3) : 0;
    });
    const mask = await read(await png(ids));
    expect(mask).toMatchObject({ reading: 'instances', doubts: [] });
    expect(
      difference(
        mask.foreground,
        ids.map((id) => (id > 0 ? 1 : 0)),
      ),
    ).toBe(0);
  });
});

describe('damaged masks are thresholded, nearly right, and never pass without a word', () => {
  it.each<[string, () => Promise<Buffer> | Buffer]>([
    ['JPEG of quality 30', () => jpeg(scaled(disc, 255), SIDE, 1, 30)],
    ['JPEG of quality 95', () => jpeg(scaled(disc, 255), SIDE, 1, 95)],
    [
      'a JPEG saved as PNG',
      async () =>
        png(Uint8Array.from((await decodeImage(await jpeg(scaled(disc, 255), SIDE, 1, 50), 0, 'x')).data)),
    ],
    [
      'a JPEG so coarse that its blocks are flat, saved as PNG',
      async () =>
        png(Uint8Array.from((await decodeImage(await jpeg(scaled(disc, 255), SIDE, 1, 15), 0, 'x')).data)),
    ],
    ['lossy WebP', () => webp(scaled(disc, 255), SIDE, 1, false)],
    ['a smoothed outline', () => png(soft)],
    ['float probabilities', () => tiff([{ width: SIDE, height: SIDE, samples: 1, data: probability }])],
  ])('%s', async (_name, make) => {
    const mask = await read(await make());
    expect(mask).toMatchObject({ reading: 'thresholded', doubts: ['damaged'] });
    expect(difference(mask.foreground, disc)).toBeLessThan(0.01);
  });

  it('a JPEG of coloured classes', async () => {
    const mask = await read(
      await jpeg(
        painted([
          [0, 0, 0],
          [255, 0, 0],
          [0, 200, 0],
        ]),
        SIDE,
        3,
        85,
      ),
    );
    expect(mask).toMatchObject({ reading: 'thresholded', doubts: ['damaged'] });
    expect(difference(mask.foreground, binary)).toBeLessThan(0.04);
  });
});

describe('a photograph is recognised', () => {
  const dim = Uint8Array.from(photoPixels(5), (value, index) =>
    (disc[index] ?? 0) > 0 ? value / 2 + 60 : value / 16,
  );
  const colours = Uint8Array.from(
    { length: SIDE * SIDE * 3 },
    (_, index) => (photoPixels(5)[Math.floor(index / 3)] ?? 0) * (1 - (index % 3) / 5),
  );
  it.each([
    ['grey', () => png(photoPixels(5))],
    ['as JPEG', () => jpeg(photoPixels(5))],
    ['dark with bright cells', () => png(dim)],
    ['in colour', () => png(colours, SIDE, 3)],
  ])('%s', async (_name, make) => {
    expect((await read(await make())).doubts).toEqual(['photo']);
  });
});
