import { describe, expect, it } from 'vitest';
import { SampleCache } from '../../src-main/training/sampleCache.ts';
import { showEpoch, validateEpoch } from '../../src-main/training/validateEpoch.ts';
import { discs } from './discs.ts';

/** Marks everything, and counts how many images it was asked about. */
function markAll() {
  const predictor = {
    images: 0,
    predict(_images: Float32Array, size: number, height: number, width: number): Float32Array {
      predictor.images += 1;
      return new Float32Array(size * height * width).fill(1);
    },
  };
  return predictor;
}

const quiet = { epoch: 1, onExamples: undefined, signal: undefined };

describe('validateEpoch', () => {
  it('judges an epoch by at most 32 images, whether examples are wanted or not', async () => {
    const [plain, shown] = [markAll(), markAll()];
    const source = discs(90, 16, 1);
    const dice = await validateEpoch(plain, new SampleCache(source), quiet);
    const same = await validateEpoch(shown, new SampleCache(source), {
      ...quiet,
      onExamples: () => undefined,
    });
    expect([plain.images, shown.images]).toEqual([32, 32]);
    expect(same).toBe(dice);
  });

  it('hands out four examples, the same after every epoch', async () => {
    const seen: (readonly [number, readonly number[]])[] = [];
    const cache = new SampleCache(discs(90, 16, 1));
    for (const epoch of [1, 2]) {
      await validateEpoch(markAll(), cache, {
        ...quiet,
        epoch,
        onExamples: (of, images) => void seen.push([of, images.map(({ index }) => index)]),
      });
    }
    expect(seen.map(([epoch]) => epoch)).toEqual([1, 2]);
    expect(seen[0]?.[1]).toHaveLength(4);
    expect(seen[1]?.[1]).toEqual(seen[0]?.[1]);
  });

  it('hands out as many as there are of few', async () => {
    let count = 0;
    const onExamples = (_epoch: number, images: readonly unknown[]): void => void (count = images.length);
    await validateEpoch(markAll(), new SampleCache(discs(2, 16, 1)), { ...quiet, onExamples });
    expect(count).toBe(2);
  });
});

describe('showEpoch', () => {
  it('segments the examples only, and nothing when nobody looks', async () => {
    const [looked, alone] = [markAll(), markAll()];
    const cache = new SampleCache(discs(90, 16, 1));
    await showEpoch(looked, cache, { ...quiet, onExamples: () => undefined });
    await showEpoch(alone, cache, quiet);
    expect([looked.images, alone.images]).toEqual([4, 0]);
  });
});
