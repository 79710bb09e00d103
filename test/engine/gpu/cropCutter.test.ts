import { describe, expect, it, vi } from 'vitest';
import { Random } from '#common/random.ts';
import { CropCutter } from '../../../src-main/engine/gpu/cropCutter.ts';
import { USAGE } from '../../../src-main/engine/gpu/gpuContext.ts';
import { HeldImages } from '../../../src-main/engine/gpu/heldImages.ts';
import type { HeldCrop } from '../../../src-main/engine/trainingStep.ts';
import { cropSample } from '../../../src-main/training/cropSample.ts';
import { drawJitter, jitterIntensity } from '../../../src-main/training/jitterIntensity.ts';
import { largestDifference } from '../compiled/largestDifference.ts';
import { randomBatch } from '../compiled/randomBatch.ts';
import { noTestDevice, SLOW, testDevice } from './testDevice.ts';

const missing = await noTestDevice();
const SIDE = 16;

/** Images of several sizes, one smaller than a crop, one of a single row. */
const SIZES = [
  [40, 24],
  [9, 21],
  [33, 1],
] as const;

const samples = (channels: number) =>
  SIZES.map(([width, height], seed) => {
    const { images, masks } = randomBatch(1, height, width, channels, seed + 1);
    const mask = masks.map((mark, pixel) => (pixel % 11 === 0 ? 2 : mark));
    return { name: `image ${seed}`, width, height, channels, image: images, mask };
  });

describe.skipIf(missing)('crops that the card cuts', SLOW, () => {
  it.each([
    { channels: 1, limits: undefined, pages: 1 },
    { channels: 3, limits: undefined, pages: 1 },
    // One page for the first image, which is larger than a page may be, and one for the two others.
    { channels: 3, limits: { page: 4096, most: 16384 }, pages: 2 },
  ])(
    'are those of the processor: places, symmetries, reflections, marks, intensities ($channels channels, from $pages buffers)',
    async ({ channels, limits, pages }) => {
      const context = await testDevice();
      if (typeof context === 'string') throw new Error(context);
      const all = samples(channels);
      const crops: HeldCrop[] = Array.from({ length: 24 }, (_, index) => ({
        sample: index % 3,
        top: (index * 5) % 13,
        left: index % 3 === 0 ? index % 23 : -3,
        symmetry: index % 8,
        jitter: index % 4 === 3 ? null : drawJitter(Random.fromSeed(index)),
      }));
      const floats = crops.length * SIDE ** 2 * channels;
      const usage = USAGE.storage | USAGE.copySource | USAGE.copyTarget;
      const [images, masks] = await context.allocate([4 * floats, crops.length * SIDE ** 2], usage);
      if (!images || !masks) throw new Error('No buffers.');
      const held = new HeldImages(context, limits);
      const targets = new Map([
        ['images', images],
        ['masks', masks],
      ] as const);
      const cutter = await CropCutter.make(context, held, crops.length, targets);
      for (const [index, sample] of all.entries()) expect(await held.hold(index, sample)).toBe(true);
      expect(held.buffers).toHaveLength(pages);
      await cutter.cut({ size: crops.length, side: SIDE, channels, crops });

      const expected = new Float32Array(floats);
      const marks = new Uint8Array(crops.length * SIDE ** 2);
      for (const [slot, crop] of crops.entries()) {
        const sample = all[crop.sample];
        if (!sample) throw new Error('No such sample.');
        cropSample(sample, { ...crop, side: SIDE }, slot, expected, marks);
        const own = expected.subarray(slot * SIDE ** 2 * channels, (slot + 1) * SIDE ** 2 * channels);
        if (crop.jitter) jitterIntensity(own, Random.fromSeed(slot));
      }
      expect(new Uint8Array(await context.read(masks, marks.length))).toEqual(marks);
      const cut = new Float32Array(await context.read(images, 4 * floats));
      expect(largestDifference(cut, expected)).toBeLessThan(1e-5);
      // Marks that come with the batch count instead of those of the images.
      const own = marks.map((mark) => 2 - mark);
      await cutter.cut({ size: crops.length, side: SIDE, channels, crops, masks: own });
      expect(new Uint8Array(await context.read(masks, own.length))).toEqual(own);
      expect(largestDifference(new Float32Array(await context.read(images, 4 * floats)), cut)).toBe(0);
      cutter.dispose();
      held.dispose();
    },
  );

  it('come from the same places when the images need more room than there was', async () => {
    const context = await testDevice();
    if (typeof context === 'string') throw new Error(context);
    const held = new HeldImages(context);
    const [small] = samples(1);
    if (!small) throw new Error('No sample.');
    await held.hold(0, small);
    const [before] = held.buffers;
    const side = 1100;
    const large = {
      width: side,
      height: side,
      channels: 1,
      image: new Float32Array(side ** 2).fill(7),
      mask: new Uint8Array(side ** 2),
    };
    expect(await held.hold(1, large)).toBe(true);
    const [after] = held.buffers;
    if (!after) throw new Error('Nothing is held.');
    expect(after).not.toBe(before);
    const kept = new Float32Array(await context.read(after, small.image.byteLength));
    expect(kept).toEqual(small.image);
    held.dispose();
  });

  it('are left to the processor where there is no room for their images, by the limits or in the memory', async () => {
    const context = await testDevice();
    if (typeof context === 'string') throw new Error(context);
    const [large, middle, small] = samples(1);
    if (!large || !middle || !small) throw new Error('No samples.');
    const held = new HeldImages(context, { page: 5000, most: 6000 });
    expect(await held.hold(0, large)).toBe(true);
    expect(await held.hold(1, { ...large })).toBe(false);
    expect(await held.hold(2, middle)).toBe(true);
    expect(held.place(0)).toMatchObject({ page: 0, imageAt: 0 });
    expect(() => held.place(1)).toThrow('Image 1 is not held.');
    held.dispose();
    const full = vi.spyOn(context, 'allocate').mockRejectedValue(new Error('out of memory'));
    const none = new HeldImages(context);
    expect(await none.hold(0, small)).toBe(false);
    full.mockRestore();
    expect(await none.hold(0, small)).toBe(true);
    none.dispose();
  });
});
