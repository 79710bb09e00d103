import { describe, expect, it } from 'vitest';
import { DEFAULT_RECIPE } from '#common/training/defaultRecipe.ts';
import { fitStepCost, type StepCost } from '../../src-main/trainingCost/fitStepCost.ts';
import { measuredThreads, secondsByThreads } from '../../src-main/trainingCost/threadScaling.ts';
import type { TrainingLoad } from '../../src-main/trainingCost/trainingLoad.ts';

const network = { family: 'unet', width: 8, channels: 1, classes: 2, factor: 1 } as const;
const recipe = { ...DEFAULT_RECIPE, crop: 64, batch: 2, epochs: 1, stepsPerEpoch: 10 };
const nothing: TrainingLoad = {
  channels: 1,
  images: { train: [], validation: [], test: [] },
  loadSeconds: 0,
  decodedBytes: 0,
};
const taking = (milliseconds: number): StepCost => {
  const cost = fitStepCost([{ network, crop: recipe.crop, batch: recipe.batch, milliseconds }]);
  if (!cost) throw new Error('no cost');
  return cost;
};

describe('secondsByThreads', () => {
  const seconds = secondsByThreads(
    new Map([
      [1, taking(800)],
      [2, taking(500)],
      [4, taking(400)],
      [8, taking(600)],
    ]),
    network,
    recipe,
    nothing,
  );

  it('is what was measured, where it was', () => {
    expect([1, 2, 4].map((threads) => seconds(threads).toFixed(6))).toEqual([
      '8.000000',
      '5.000000',
      '4.000000',
    ]);
  });

  it('lets speed grow evenly between two measurements', () => {
    expect(seconds(3)).toBeCloseTo(1 / ((1 / 5 + 1 / 4) / 2), 6);
  });

  it('is never slower with more threads than with fewer', () => {
    expect(seconds(8)).toBeCloseTo(4, 6);
    expect(seconds(64)).toBeCloseTo(4, 6);
  });
});

it('threads are measured at powers of two and at all of them', () => {
  expect(measuredThreads(1)).toEqual([1]);
  expect(measuredThreads(2)).toEqual([1, 2]);
  expect(measuredThreads(12)).toEqual([1, 2, 4, 8, 12]);
});
