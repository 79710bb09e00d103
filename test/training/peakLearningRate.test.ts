import { expect, it } from 'vitest';
import { peakLearningRate } from '../../src-main/training/peakLearningRate.ts';

const scaled = { learningRate: 0.003, learningRateScaling: 'width' } as const;

it.each([
  [1, 0.003 * Math.SQRT2 * 2],
  [2, 0.003 * Math.SQRT2 * 2],
  [4, 0.006],
  [16, 0.003],
  [64, 0.0015],
])('a network of %i filters in the first level learns at %f', (filters, rate) => {
  expect(peakLearningRate(scaled, { width: filters, factor: 1 })).toBeCloseTo(rate, 12);
  // A size is a network, not a factor.
  expect(peakLearningRate(scaled, { width: filters * 4, factor: 1 / 4 })).toBeCloseTo(rate, 12);
});

it('a recipe that says nothing of it trains all networks at one rate', () => {
  expect(peakLearningRate({ learningRate: 0.003 }, { width: 16, factor: 1 / 8 })).toBe(0.003);
});
