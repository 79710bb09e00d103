import { setImmediate } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import type { SampleSource } from '#common/dataset/dataset.ts';
import type { Batch } from '../../src-main/engine/trainingStep.ts';
import { batches, type NextBatch } from '../../src-main/training/batches.ts';
import { epochPlan } from '../../src-main/training/epochPlan.ts';
import { HeldSamples } from '../../src-main/training/heldSamples.ts';
import { Random } from '#common/random.ts';
import { SampleCache } from '../../src-main/training/sampleCache.ts';
import { discs } from './discs.ts';

const RECIPE = { crop: 16, batch: 3, augmentation: 'full' } as const;

/** The source, with a list of what was loaded. Each file arrives `delay` turns of the event loop after it was asked for. */
function watched(source: SampleSource, delay: (index: number) => number = () => 0) {
  const loads: number[] = [];
  const load = async (index: number) => {
    loads.push(index);
    for (let turn = 0; turn < delay(index); turn++) await setImmediate();
    return source.load(index);
  };
  return { loads, source: { ...source, load } };
}

describe('epochPlan', () => {
  it('shows every sample once before any twice', () => {
    const plan = epochPlan(5, 12, Random.fromSeed(1)).map(({ index }) => index);
    expect(new Set(plan.slice(0, 5)).size).toBe(5);
    expect(new Set(plan.slice(5, 10)).size).toBe(5);
    expect(plan).toHaveLength(12);
  });
});

describe('batches', () => {
  it('are the same whatever order the files arrive in', async () => {
    const collect = async (delay: (index: number) => number) => {
      const cache = new SampleCache(watched(discs(4, 24, 1), delay).source);
      const collected: Batch[] = [];
      for await (const batch of batches(cache, epochPlan(4, 6, Random.fromSeed(2)), RECIPE))
        collected.push(batch);
      return collected;
    };
    const quick = await collect(() => 0);
    expect(quick).toHaveLength(2);
    expect(quick[0]?.images.length).toBe(3 * 16 * 16);
    expect(await collect((index) => 8 - 2 * index)).toEqual(quick);
  });

  it('that a device cuts have the marks that a teacher has a part in, as the processor draws them', async () => {
    const teacher = ({ mask }: { mask: Uint8Array }) =>
      Promise.resolve(Float32Array.from(mask, (_, pixel) => (pixel % 4) / 4));
    const plan = epochPlan(4, 6, Random.fromSeed(2));
    const cache = () => new SampleCache(discs(4, 24, 1), undefined, teacher);
    const cut: Batch[] = [];
    for await (const batch of batches(cache(), plan, RECIPE)) cut.push(batch);
    const held = new HeldSamples({ hold: () => true, runCrops: () => 0 });
    const described: NextBatch[] = [];
    for await (const batch of batches(cache(), plan, RECIPE, undefined, held)) described.push(batch);
    expect(described.every((batch) => 'crops' in batch)).toBe(true);
    expect(described.map(({ masks }) => masks)).toEqual(cut.map(({ masks }) => masks));
    const untaught = new SampleCache(discs(4, 24, 1));
    for await (const batch of batches(untaught, plan, RECIPE, undefined, held))
      expect(batch.masks).toBeUndefined();
  });

  it('decode the next images while one batch is being learnt from', async () => {
    const { loads, source } = watched(discs(6, 24, 1));
    const plan = epochPlan(6, 6, Random.fromSeed(2));
    const stream = batches(new SampleCache(source), plan, RECIPE);
    await stream.next();
    expect(loads).toEqual(plan.map(({ index }) => index));
  });

  it('pass on the failure of a file that cannot be read', async () => {
    const source: SampleSource = {
      ...discs(1, 24, 1),
      load: () => Promise.reject(new Error('a.png is gone')),
    };
    const stream = batches(new SampleCache(source), epochPlan(1, 3, Random.fromSeed(1)), RECIPE);
    await expect(stream.next()).rejects.toThrow('a.png is gone');
  });
});

describe('SampleCache', () => {
  const BYTES = 24 * 24 * 5;

  it('holds the most recently used samples up to its limit', async () => {
    const { loads, source } = watched(discs(3, 24, 1));
    const cache = new SampleCache(source, 2 * BYTES);
    for (const index of [0, 1, 0, 2, 0, 1]) {
      await cache.load(index);
      expect(cache.bytes).toBeLessThanOrEqual(2 * BYTES);
    }
    expect(loads).toEqual([0, 1, 2, 1]);
  });

  it('decodes once what is asked for twice at the same time', async () => {
    const { loads, source } = watched(discs(1, 24, 1));
    const cache = new SampleCache(source);
    const [first, second] = await Promise.all([cache.load(0), cache.load(0)]);
    expect(first).toBe(second);
    expect(loads).toEqual([0]);
  });

  it('tries again after a failure', async () => {
    let attempts = 0;
    const flaky: SampleSource = {
      ...discs(1, 24, 1),
      load: (index) => (attempts++ === 0 ? Promise.reject(new Error('busy')) : discs(1, 24, 1).load(index)),
    };
    const cache = new SampleCache(flaky);
    await expect(cache.load(0)).rejects.toThrow('busy');
    await expect(cache.load(0)).resolves.toMatchObject({ width: 24 });
  });
});
