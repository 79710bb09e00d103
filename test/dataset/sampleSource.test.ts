import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import sharp from 'sharp';
import { describe, expect, it } from 'vitest';
import type { SampleSource } from '#common/dataset/dataset.ts';
import { openSource } from '../../src-main/dataset/source/openSource.ts';
import { examineDataset } from '../../src-main/dataset/doctor/examineDataset.ts';
import { sampleSource } from '../../src-main/dataset/working/sampleSource.ts';
import type { Files } from './support/folder.ts';
import { folderOf } from './support/folder.ts';
import { discPixels, jpeg, photoPixels, png, png16, scaled } from './support/pictures.ts';
import { tiff } from './support/tiff.ts';

async function sourceOf(files: Files, workingSide: number, channels?: 1 | 3): Promise<SampleSource> {
  const source = await openSource(await folderOf(files));
  const { samples } = await examineDataset(source);
  return sampleSource(source, samples, channels === undefined ? { workingSide } : { workingSide, channels });
}

const mean = (values: ArrayLike<number>): number =>
  Array.from(values).reduce((sum, value) => sum + value, 0) / values.length;
const mask = async (width = 96, height = 96): Promise<Buffer> =>
  png(scaled(discPixels(1, width, height), 255), width);

describe('a working sample', () => {
  it('at the original size holds 8-bit values divided by 255, and the mask as drawn', async () => {
    const photo = photoPixels(2);
    const { image, ...rest } = await (
      await sourceOf({ 'images/a.png': await png(photo), 'masks/a.png': await mask() }, 96)
    ).load(0);
    expect(rest).toMatchObject({ name: 'a', width: 96, height: 96, channels: 1, mask: discPixels(1) });
    expect(image).toEqual(Float32Array.from(photo, (value) => value / 255));
  });

  it.each([
    ['shrinks', 48, 72, 48],
    ['enlarges', 192, 288, 192],
  ])(
    '%s the shorter side and keeps proportion, brightness and foreground share',
    async (_name, side, width, height) => {
      const photo = photoPixels(2, 144, 96);
      const files = { 'images/a.png': await png(photo, 144), 'masks/a.png': await mask(144, 96) };
      const sample = await (await sourceOf(files, side)).load(0);
      expect(sample).toMatchObject({ width, height });
      expect(sample.image).toHaveLength(width * height);
      expect(mean(sample.image)).toBeCloseTo(mean(photo) / 255, 2);
      expect(mean(sample.mask)).toBeCloseTo(mean(discPixels(1, 144, 96)), 2);
      expect(new Set(sample.mask)).toEqual(new Set([0, 1]));
    },
  );

  it('resamples without shift: a left-to-right ramp stays one', async () => {
    const ramp = Uint8Array.from({ length: 128 * 128 }, (_, index) => (index % 128) * 2 + (index >> 7) * 0);
    const sample = await (
      await sourceOf({ 'images/a.png': await png(ramp, 128), 'masks/a.png': await mask(128, 128) }, 64)
    ).load(0);
    for (let x = 8; x < 56; x += 1) expect((sample.image[32 * 64 + x] ?? 0) * 255).toBeCloseTo(4 * x + 1, 0);
  });

  it.each([96, 64])('stretches 16 bits from the 0.1 to the 99.9 percentile (side %i)', async (side) => {
    const deep = Uint16Array.from(photoPixels(2), (value) => 1000 + value * 8);
    const sample = await (
      await sourceOf({ 'images/a.png': await png16(deep), 'masks/a.png': await mask() }, side)
    ).load(0);
    expect(Math.min(...sample.image)).toBeLessThan(0.02);
    expect(Math.max(...sample.image)).toBeGreaterThan(0.9);
    const sorted = Array.from(deep).sort((a, b) => a - b);
    const [low = 0, high = 1] = [sorted[Math.floor(0.001 * 9215)], sorted[Math.floor(0.999 * 9215)]];
    expect(mean(sample.image)).toBeCloseTo((mean(deep) - low) / (high - low), 2);
  });

  it.each([96, 64])('stretches float images of any range alike (side %i)', async (side) => {
    const float = (scale: number, shift: number): Buffer =>
      tiff([
        {
          width: 96,
          height: 96,
          samples: 1,
          data: Float32Array.from(photoPixels(2), (value) => value * scale + shift),
        },
      ]);
    const load = async (bytes: Buffer): Promise<Float32Array> =>
      (await (await sourceOf({ 'images/a.tif': bytes, 'masks/a.png': await mask() }, side)).load(0)).image;
    const [small, large] = [await load(float(1e-4, -3)), await load(float(1e4, 5e5))];
    expect(mean(small)).toBeGreaterThan(0.3);
    small.forEach((value, index) => expect(value).toBeCloseTo(large[index] ?? Number.NaN, 2));
  });

  it('turns colour into luminance, and grey into three channels, on request', async () => {
    const rgb = Uint8Array.from({ length: 96 * 96 * 3 }, (_, index) => [200, 100, 50][index % 3] ?? 0).fill(
      0,
      0,
      3,
    );
    const files = { 'images/a.png': await png(rgb, 96, 3), 'masks/a.png': await mask() };
    const grey = await (await sourceOf(files, 96, 1)).load(0);
    expect((grey.image[500] ?? 0) * 255).toBeCloseTo(0.299 * 200 + 0.587 * 100 + 0.114 * 50, 3);
    const three = await (
      await sourceOf({ 'images/a.png': await png(photoPixels(2)), 'masks/a.png': await mask() }, 96, 3)
    ).load(0);
    expect(three.image).toHaveLength(96 * 96 * 3);
    expect(three.image[0]).toBe(three.image[2]);
  });

  it('turns an image by its EXIF tag when only then the mask fits', async () => {
    const photo = photoPixels(1, 120, 80);
    const tagged = await sharp(await jpeg(photo, 120, 1, 100))
      .withMetadata({ orientation: 6 })
      .jpeg({ quality: 100 })
      .toBuffer();
    const upright = await sharp(tagged).rotate().toColourspace('b-w').raw().toBuffer();
    const sample = await (
      await sourceOf({ 'images/a.jpg': tagged, 'masks/a.png': await mask(80, 120) }, 80)
    ).load(0);
    expect(sample).toMatchObject({ width: 80, height: 120 });
    expect(sample.image).toEqual(Float32Array.from(upright, (value) => value / 255));
  });

  it('of a stack is its page', async () => {
    const pages = (of: (page: number) => Uint8Array): Buffer =>
      tiff([0, 1, 2].map((page) => ({ width: 96, height: 96, samples: 1 as const, data: of(page) })));
    const source = await sourceOf(
      {
        'images/s.tif': pages((page) => photoPixels(page)),
        'masks/s.tif': pages((page) => discPixels(page)),
      },
      96,
    );
    expect(source.length).toBe(3);
    const second = await source.load(1);
    expect(second).toMatchObject({ name: 's#2', mask: discPixels(1) });
    expect(second.image).toEqual(Float32Array.from(photoPixels(1), (value) => value / 255));
  });
});

describe('loading', () => {
  it('uses three channels as soon as one sample is in colour', async () => {
    const rgb = Uint8Array.from({ length: 96 * 96 * 3 }, (_, index) => (index * 7) % 256);
    const source = await sourceOf(
      {
        'images/a.png': await png(photoPixels(1)),
        'masks/a.png': await mask(),
        'images/b.png': await png(rgb, 96, 3),
        'masks/b.png': await mask(),
      },
      64,
    );
    expect(source.channels).toBe(3);
    expect((await source.load(0)).channels).toBe(3);
  });

  it('says which file has changed since the check', async () => {
    const root = await folderOf({ 'images/a.png': await png(photoPixels(1)), 'masks/a.png': await mask() });
    const opened = await openSource(root);
    const source = sampleSource(opened, (await examineDataset(opened)).samples, { workingSide: 64 });
    await writeFile(join(root, 'images/a.png'), await png(photoPixels(1, 90, 96), 90));
    await expect(source.load(0)).rejects.toThrow('"images/a.png" or its mask has changed its size');
    await writeFile(join(root, 'masks/a.png'), '');
    await expect(source.load(0)).rejects.toThrow('"masks/a.png" is empty');
  });

  it('stops when it is cancelled', async () => {
    const source = await sourceOf(
      { 'images/a.png': await png(photoPixels(1)), 'masks/a.png': await mask() },
      64,
    );
    expect(() => source.load(0, AbortSignal.abort())).toThrow('was cancelled');
  });
});
