import { readdir, readFile, unlink } from 'node:fs/promises';
import { join } from 'node:path';
import sharp from 'sharp';
import { describe, expect, it } from 'vitest';
import { PLAIN_READING } from '#common/dataset/readMaskValue.ts';
import { mediaCalls } from '../../src-main/workers/media/mediaWorker.ts';
import type { MediaSource } from '../../src-main/workers/media/mediaSource.ts';
import { folderOf, type Files } from '../dataset/support/folder.ts';
import { discPixels, photoPixels, png, png16, scaled } from '../dataset/support/pictures.ts';
import { zip } from '../dataset/support/zip.ts';
import { temporaryFolder } from '../project/temporaryFolder.ts';

const hash = 'ab'.repeat(32);
const cacheFolder = temporaryFolder;

async function stored(files: Files, changes: Partial<MediaSource> = {}): Promise<MediaSource> {
  const root = await folderOf(files);
  return {
    root,
    reading: PLAIN_READING,
    image: 'a.png',
    masks: ['m.png'],
    page: 0,
    width: 96,
    height: 96,
    imageHash: hash,
    maskHash: 'cd'.repeat(32),
    datasetChannels: 3,
    ...changes,
  };
}

const pixels = async (bytes: Uint8Array): Promise<{ data: Buffer; channels: number }> => {
  const { data, info } = await sharp(bytes).raw().toBuffer({ resolveWithObject: true });
  return { data, channels: info.channels };
};

describe('a thumbnail', () => {
  it('is a WebP of at most 256 pixels a side that keeps the aspect', async () => {
    const media = await stored(
      { 'a.png': await png(photoPixels(1, 600, 300), 600) },
      { width: 600, height: 300 },
    );
    const { type, bytes } = await mediaCalls(cacheFolder()).thumbnail(media);
    const { format, width, height } = await sharp(bytes).metadata();
    expect([type, format, width, height]).toEqual(['image/webp', 'webp', 256, 128]);
  });

  it('comes from the disk the second time, also when the image has gone', async () => {
    const media = await stored({ 'a.png': await png(photoPixels(1)) });
    const folder = cacheFolder();
    const first = await mediaCalls(folder).thumbnail(media);
    await unlink(join(media.root, 'a.png'));
    const second = await mediaCalls(folder).thumbnail(media);
    expect(Buffer.compare(second.bytes, first.bytes)).toBe(0);
  });

  it.each(['../../../outside', '..', 'a/b', '', 'AB'.repeat(32)])(
    'is kept under a name of our own, whatever hash a stranger project holds (%j)',
    async (imageHash) => {
      const media = await stored({ 'a.png': await png(photoPixels(1)) }, { imageHash });
      const folder = cacheFolder();
      await mediaCalls(folder).thumbnail(media);
      const names = await readdir(folder, { recursive: true });
      expect(names.at(-1)).toMatch(/^v\d+.[0-9a-f]{2}.[0-9a-f]{64}\.webp$/);
    },
  );

  it('is not that of another dataset, whose hash a stranger project gives its own image', async () => {
    const mine = await stored({ 'a.png': await png(photoPixels(1)) });
    const theirs = await stored({ 'a.png': await png(photoPixels(9)) });
    const calls = mediaCalls(cacheFolder());
    const first = await calls.thumbnail(mine);
    const second = await calls.thumbnail({ ...theirs, imageHash: mine.imageHash });
    expect(Buffer.compare(first.bytes, second.bytes)).not.toBe(0);
  });

  it('is drawn although nothing can be kept', async () => {
    const media = await stored({ 'a.png': await png(photoPixels(1)) });
    const file = await folderOf({ blocked: Buffer.from('a file where the folder should be') });
    const { bytes } = await mediaCalls(join(file, 'blocked')).thumbnail(media);
    expect(bytes.length).toBeGreaterThan(100);
  });
});

describe('an image at full size', () => {
  it('shows 8-bit values as they are', async () => {
    const values = photoPixels(3);
    const media = await stored({ 'a.png': await png(values) });
    const picture = await mediaCalls('').image({ media, window: { low: 0, high: 1 } });
    const { data, channels } = await pixels(picture.bytes);
    expect(data.filter((_, i) => i % channels === 0)).toEqual(Buffer.from(values));
  });

  it('stretches the contrast window of 16-bit values over black to white', async () => {
    const values = Uint16Array.from({ length: 96 * 96 }, (_, i) => 1000 + (i % 96) * 10);
    const media = await stored({ 'a.png': await png16(values) });
    const column = async (low: number, high: number): Promise<number[]> => {
      const picture = await mediaCalls('').image({ media, window: { low, high } });
      const { data, channels } = await pixels(picture.bytes);
      return [0, 48, 95].map((x) => data[x * channels] ?? -1);
    };
    expect(await column(0, 1)).toEqual([0, 129, 255]);
    expect(await column(0, 0.5)).toEqual([0, 255, 255]);
    expect(await column(0.5, 1)).toEqual([0, 3, 255]);
  });

  it('is read from inside a .zip', async () => {
    const archive = zip([{ name: 'a.png', data: await png(photoPixels(2)) }]);
    const folder = await folderOf({ 'set.zip': archive });
    const media = await stored({}, { root: join(folder, 'set.zip') });
    const picture = await mediaCalls('').image({ media, window: { low: 0, high: 1 } });
    expect((await sharp(picture.bytes).metadata()).width).toBe(96);
  });

  it.each(['../secret.png', '/etc/passwd', 'C:/secret.png'])(
    'is refused when its path leaves the dataset (%s)',
    async (image) => {
      const media = await stored({ 'a.png': await png(photoPixels(1)) }, { image });
      await expect(mediaCalls('').image({ media, window: { low: 0, high: 1 } })).rejects.toThrow();
    },
  );
});

describe('a mask', () => {
  it("is opaque in the overlay's colour where there is foreground and transparent elsewhere", async () => {
    const disc = discPixels(1);
    const media = await stored({
      'a.png': await png(photoPixels(1)),
      'm.png': await png(scaled(disc, 255)),
    });
    const { data, channels } = await pixels((await mediaCalls('').mask(media)).bytes);
    const opacity = data.filter((_, i) => i % channels === channels - 1);
    expect(opacity).toEqual(Buffer.from(scaled(disc, 255)));
    const colours = new Set<string>();
    for (let i = 0; i < data.length; i += channels) {
      if (data[i + channels - 1] === 255) colours.add(data.subarray(i, i + 3).join(' '));
    }
    expect([...colours]).toEqual(['255 130 40']);
  });

  it('made small comes from the disk the second time, also when the file has gone', async () => {
    const media = await stored({ 'm.png': await png(scaled(discPixels(1), 255)) });
    const folder = cacheFolder();
    const first = await mediaCalls(folder)['small-mask'](media);
    await unlink(join(media.root, 'm.png'));
    const second = await mediaCalls(folder)['small-mask'](media);
    expect(Buffer.compare(second.bytes, first.bytes)).toBe(0);
  });

  it('can be had small, still without half-transparent edges', async () => {
    const media = await stored({ 'm.png': await png(scaled(discPixels(1, 640, 640), 255), 640) });
    const { bytes } = await mediaCalls(cacheFolder())['small-mask'](media);
    expect((await sharp(bytes).metadata()).width).toBe(256);
    const { data, channels } = await pixels(bytes);
    const opacity = data.filter((_, i) => i % channels === channels - 1);
    expect([...new Set(opacity)].sort()).toEqual([0, 255]);
  });
});

it('pictures of the same folder are drawn side by side without disturbing each other', async () => {
  const values = [1, 2, 3, 4, 5, 6].map((seed) => photoPixels(seed));
  const files: Record<string, Buffer> = {};
  for (const [i, value] of values.entries()) files[`${i}.png`] = await png(value);
  const media = await stored(files);
  const calls = mediaCalls('');
  const drawn = await Promise.all(
    values.map((_, i) =>
      calls.image({ media: { ...media, image: `${i}.png` }, window: { low: 0, high: 1 } }),
    ),
  );
  for (const [i, { bytes }] of drawn.entries()) {
    const { data, channels } = await pixels(bytes);
    expect(data[7 * channels]).toBe(values[i]?.[7]);
  }
  expect(await readFile(join(media.root, '0.png'))).toEqual(files['0.png']);
});

describe('an image as a network sees it', () => {
  it('has its shorter side scaled to the working resolution, in the channels of its dataset', async () => {
    const media = await stored(
      { 'a.png': await png(photoPixels(1, 120, 60), 120) },
      { width: 120, height: 60 },
    );
    const { bytes, type } = await mediaCalls(cacheFolder()).working({ media, side: 48 });
    expect(type).toBe('image/png');
    expect(await sharp(bytes).metadata()).toMatchObject({ width: 96, height: 48, channels: 3 });
  });

  it('is beside what a rule of simple features finds: one grey pixel for each, the darker the less likely', async () => {
    const media = await stored({ 'a.png': await png(photoPixels(1, 96, 96), 96) });
    const weights = new Array<number>(43).fill(0);
    const by = { classifier: { weights, intercept: -1, threshold: 0.5 }, workingSide: 64 };
    const { bytes } = await mediaCalls(cacheFolder()).probability({ media, by });
    expect(await sharp(bytes).metadata()).toMatchObject({ width: 64, height: 64, channels: 1 });
    const { data } = await pixels(bytes);
    // A rule that looks at nothing says the same everywhere: 1 / (1 + e).
    expect(new Set(data)).toEqual(new Set([Math.round(255 / (1 + Math.E))]));
  });
});
