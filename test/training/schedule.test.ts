import { describe, expect, it } from 'vitest';
import { foregroundShare, foregroundWeight, priorLogit } from '../../src-main/training/foregroundBalance.ts';
import { learningRateAt } from '../../src-main/training/learningRateAt.ts';
import { SampleCache } from '../../src-main/training/sampleCache.ts';
import { discs } from './discs.ts';

describe('learningRateAt', () => {
  const recipe = { learningRate: 0.01, warmupSteps: 4, epochs: 4, stepsPerEpoch: 6 };

  it.each([
    [0, 0.0025],
    [3, 0.01],
    [4, 0.01],
    [14, 0.005],
    [24, 0],
  ])('at step %i is %f: linear up, half a cosine down', (step, expected) => {
    expect(learningRateAt(step, recipe)).toBeCloseTo(expected, 12);
  });

  it('needs no warm-up', () => {
    expect(learningRateAt(0, { ...recipe, warmupSteps: 0 })).toBe(0.01);
  });
});

describe('foreground balance', () => {
  it.each([
    ['balanced', 0.5, 1],
    ['balanced', 0.1, 3],
    ['balanced', 0.9, 1 / 3],
    ['balanced', 0, 10],
    ['balanced', 1, 1 / 10],
    ['none', 0.1, 1],
    [2.5, 0.1, 2.5],
  ] as const)('weighs the foreground of "%s" at a share of %f by %f', (setting, share, expected) => {
    expect(foregroundWeight(setting, share)).toBeCloseTo(expected, 12);
  });

  it('starts where the weighted cross-entropy of a constant is least', () => {
    const [share, weight] = [0.2, 2];
    const loss = (d: number) =>
      weight * share * Math.log1p(Math.exp(-d)) + (1 - share) * Math.log1p(Math.exp(d));
    const best = priorLogit(share, weight);
    expect(loss(best)).toBeLessThan(loss(best + 0.01));
    expect(loss(best)).toBeLessThan(loss(best - 0.01));
  });

  it('measures the share over all masks', async () => {
    const source = discs(5, 24, 3);
    const masks = await Promise.all([0, 1, 2, 3, 4].map((i) => source.load(i)));
    const expected =
      masks.reduce((sum, { mask }) => sum + mask.filter((v) => v === 1).length, 0) / (5 * 24 * 24);
    expect(await foregroundShare(new SampleCache(source))).toBeCloseTo(expected, 12);
  });
});
