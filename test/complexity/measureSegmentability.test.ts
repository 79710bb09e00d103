import { readFileSync } from 'node:fs';
import { afterAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import type { SampleSource, WorkingSample } from '#common/dataset/dataset.ts';
import { classifierFor, segmentabilitySchema } from '#common/dataset/segmentability.ts';
import { CancelledError } from '#common/errors.ts';
import { loadAddon } from '../../src-main/engine/loadAddon.ts';
import { measureSegmentability, probabilityMap } from '../../src-main/complexity/measureSegmentability.ts';
import { paintedSample } from './paintedSample.ts';
import { referenceScene, type SceneRecipe } from './referenceScene.ts';

const numbers = z.array(z.number());
const reference = z
  .object({
    scenes: z.array(z.custom<SceneRecipe>()),
    features: z.array(z.object({ x: z.number(), y: z.number(), values: numbers })),
    dice: numbers,
    classifiers: z.array(z.object({ weights: numbers, intercept: z.number(), threshold: z.number() })),
  })
  .parse(JSON.parse(readFileSync(new URL('segmentability.reference.json', import.meta.url), 'utf8')));

const { setThreadCount, threadCount } = loadAddon<{
  setThreadCount: (count: number) => void;
  threadCount: () => number;
}>();
const initial = threadCount();
afterAll(() => setThreadCount(initial));

function sourceOf(samples: readonly WorkingSample[]): SampleSource {
  return {
    length: samples.length,
    channels: samples[0]?.channels ?? 1,
    load: (index) => Promise.resolve(samples[index] as WorkingSample),
  };
}

/** Pseudo-random number in [0, 1) of a pixel of an image. */
function noise(image: number, x: number, y: number): number {
  let hash = Math.imul(image + 1, 0x9e3779b1) ^ Math.imul(x + 1, 0x85ebca6b) ^ Math.imul(y + 1, 0xc2b2ae35);
  hash = Math.imul(hash ^ (hash >>> 15), 0x2c1b3c6d);
  hash = Math.imul(hash ^ (hash >>> 12), 0x297a2d39);
  return ((hash ^ (hash >>> 15)) >>> 0) / 2 ** 32;
}

type Level = (inside: boolean, random: number) => number;

/** Images of two discs each, whose grey levels depend on whether a pixel lies inside. */
function discs(count: number, level: Level): WorkingSample[] {
  return Array.from({ length: count }, (_, i) => {
    const inside = (x: number, y: number): boolean =>
      Math.hypot(x - 25 - i, y - 30) < 14 || Math.hypot(x - 70, y - 45 - 2 * i) < 12;
    return paintedSample(100, 80, (x, y) => level(inside(x, y), noise(i, x, y)), inside);
  });
}

const value = async (samples: readonly WorkingSample[]): Promise<number | null> =>
  (await measureSegmentability(sourceOf(samples))).value;

describe('against an independent implementation in SciPy and scikit-learn', () => {
  const scenes = reference.scenes.map((recipe) => referenceScene(recipe));
  const first = scenes[0] as WorkingSample;

  it('every feature of a pixel is the same', async () => {
    for (let feature = 0; feature < 43; feature += 1) {
      const weights = new Array<number>(43).fill(0);
      weights[feature] = 1;
      const map = await probabilityMap(first, { weights, intercept: 0, threshold: 0.5 });
      for (const { x, y, values } of reference.features) {
        const p = map[y * first.width + x] ?? Number.NaN;
        expect(Math.log(p / (1 - p)), `feature ${feature} at ${x}, ${y}`).toBeCloseTo(
          values[feature] ?? 0,
          3,
        );
      }
    }
  });

  it('so are the classifiers of both halves and the Dice of every image', async () => {
    const { images, classifiers } = await measureSegmentability(sourceOf(scenes));
    for (const [i, dice] of reference.dice.entries()) expect(images[i]?.dice).toBeCloseTo(dice, 2);
    for (const [h, expected] of reference.classifiers.entries()) {
      const ours = classifiers[h];
      expect(ours?.threshold).toBeCloseTo(expected.threshold, 2);
    }
  });
});

describe('segmentability', () => {
  it('is near 1 where brightness tells, and where only roughness does', async () => {
    expect(await value(discs(6, (inside, random) => (inside ? 150 : 90) + 30 * random))).toBeGreaterThan(
      0.97,
    );
    expect(
      await value(discs(6, (inside, random) => 120 + (inside ? 80 : 20) * (random - 0.5))),
    ).toBeGreaterThan(0.85);
  });

  it('is that of marking nearly everything where nothing tells', async () => {
    const share = 0.13;
    const found = await value(discs(6, (_, random) => 120 + 60 * random));
    expect(found).toBeGreaterThan(0.5 * share);
    expect(found).toBeLessThan(0.3);
  });

  it('is the same to the last bit at any number of threads, and fits its schema', async () => {
    const samples = discs(5, (inside, random) => (inside ? 130 : 100) + 60 * random);
    setThreadCount(1);
    const expected = await measureSegmentability(sourceOf(samples));
    expect(segmentabilitySchema.parse(JSON.parse(JSON.stringify(expected)))).toEqual(expected);
    for (const threads of [2, 5]) {
      setThreadCount(threads);
      expect(await measureSegmentability(sourceOf(samples))).toEqual(expected);
    }
    setThreadCount(initial);
  });

  it('looks at 20 images, evenly spaced, and tests each by the half that it is not in', async () => {
    const measured = await measureSegmentability(sourceOf(discs(41, (inside) => (inside ? 200 : 50))));
    expect(measured.images.map(({ index }) => index)).toEqual(
      Array.from({ length: 20 }, (_, i) => 2 * i + 1),
    );
    const [first, second] = measured.classifiers;
    expect(classifierFor(measured, 3)).toBe(second);
    expect(classifierFor(measured, 21)).toBe(first);
    expect(classifierFor(measured, 2)).toBe(first);
  });

  it('leaves out images without objects, and is unknown where there is nothing to learn or to test', async () => {
    const [one, two, three] = discs(3, (inside) => (inside ? 200 : 50)) as [
      WorkingSample,
      WorkingSample,
      WorkingSample,
    ];
    const empty = (sample: WorkingSample): WorkingSample => ({
      ...sample,
      mask: new Uint8Array(sample.mask.length),
    });
    const mixed = await measureSegmentability(sourceOf([one, empty(two), three]));
    expect(mixed.images.map(({ dice }) => dice === null)).toEqual([false, true, false]);
    expect(mixed.value).toBeGreaterThan(0.95);
    expect(await value([one])).toBeNull();
    expect(await value([])).toBeNull();
    expect(await value([empty(one), empty(two)])).toBeNull();
    const half = await measureSegmentability(sourceOf([empty(one), two]));
    expect(half.classifiers[0]).toBeNull();
    expect(half.value).toBeNull();
  });

  it('shows what the classifier says of every pixel: high inside, low outside', async () => {
    const samples = discs(4, (inside, random) => (inside ? 170 : 90) + 30 * random);
    const measured = await measureSegmentability(sourceOf(samples));
    const classifier = classifierFor(measured, 0);
    const sample = samples[0] as WorkingSample;
    const map = await probabilityMap(sample, classifier ?? { weights: [], intercept: 0, threshold: 0 });
    const mean = (inside: 0 | 1): number => {
      const values = [...map].filter((_, i) => sample.mask[i] === inside);
      return values.reduce((sum, one) => sum + one, 0) / values.length;
    };
    expect(mean(1)).toBeGreaterThan(0.9);
    expect(mean(0)).toBeLessThan(0.1);
  });

  it('ends soon after it is cancelled, and tells how far it is', async () => {
    const stop = new AbortController();
    const done: number[] = [];
    const running = measureSegmentability(sourceOf(discs(14, (inside) => (inside ? 200 : 50))), {
      signal: stop.signal,
      onProgress: (progress) => {
        done.push(progress.done);
        if (progress.done >= 3) stop.abort();
      },
    });
    await expect(running).rejects.toThrow(CancelledError);
    expect(done[0]).toBe(0);
    expect(done.at(-1)).toBeGreaterThanOrEqual(3);
  });

  it('refuses intensities that are not finite', async () => {
    const [one, two] = discs(2, (inside) => (inside ? 200 : 50)) as [WorkingSample, WorkingSample];
    one.image[77] = Number.NaN;
    await expect(measureSegmentability(sourceOf([one, two]))).rejects.toThrow(/finite/);
  });
});
