import { describe, expect, it } from 'vitest';
import { forecastTraining, totalForecast } from '../../src-main/trainingCost/forecastTraining.ts';
import type { StepCost } from '../../src-main/trainingCost/fitStepCost.ts';
import { trainingSeconds } from '../../src-main/trainingCost/trainingSeconds.ts';
import { load, RATES, RECIPE, unet } from './configurations.ts';

const FREE = { fixed: 0, macs: 0, values: 0, parameters: 0, inputs: 0 };
const cost = (rates: Partial<typeof RATES>): StepCost => ({
  rates: { ...FREE, ...rates },
  spread: 0.2,
  measured: new Map(),
});
const network = unet(1 / 8);
const none = { train: [], validation: [], test: [] };
const images = (count: number, side: number) =>
  Array.from({ length: count }, () => ({ width: side, height: side }));

describe('trainingSeconds', () => {
  it('is steps times their duration where nothing is validated', () => {
    const seconds = trainingSeconds(cost({ fixed: 5 }), network, RECIPE, load({ images: none }));
    expect(seconds).toBeCloseTo((10 * 20 * 5) / 1000, 9);
  });

  it('adds a forward pass for up to 32 validation images an epoch, all of them at the end, and the test', () => {
    const few = load({ images: { train: [], validation: images(4, 64), test: images(3, 64) } });
    const many = load({ images: { train: [], validation: images(64, 64), test: [] } });
    const passes = ({ images: { validation, test } }: typeof few): number =>
      10 * Math.min(32, validation.length) + validation.length + test.length;
    for (const dataset of [few, many]) {
      const steps = trainingSeconds(cost({ fixed: 1 }), network, RECIPE, load({ images: none }));
      const seconds = trainingSeconds(cost({ fixed: 1 }), network, RECIPE, dataset);
      expect(seconds - steps).toBeCloseTo(passes(dataset) / 1000, 9);
    }
  });

  it('reads every image once when the cache holds them, and for every crop when not', () => {
    const read = (train: ReturnType<typeof images>): number =>
      trainingSeconds(cost({}), network, RECIPE, load({ images: { ...none, train }, loadSeconds: 0.5 }));
    expect(read(images(20, 256))).toBeCloseTo(20 * 0.5, 9);
    expect(read(images(20, 4096))).toBeCloseTo(10 * 20 * RECIPE.batch * 0.5, 9);
  });

  it('counts the overlap of tiles for images that do not go through at once', () => {
    const seconds = (side: number): number =>
      trainingSeconds(
        cost({ values: 1e-6 }),
        network,
        { ...RECIPE, epochs: 1, stepsPerEpoch: 1, crop: 32, batch: 1 },
        load({ images: { ...none, test: images(1, side) } }),
      );
    expect(seconds(1024) / seconds(512)).toBeGreaterThan(4.5);
  });
});

describe('forecastTraining', () => {
  it('gives a range around the duration, and the memory', () => {
    const forecast = forecastTraining(cost(RATES), network, RECIPE, load(), { peakBytes: 1e8 });
    expect(forecast.low).toBeCloseTo(forecast.seconds / 1.2, 9);
    expect(forecast.high).toBeCloseTo(forecast.seconds * 1.2, 9);
    expect(forecast.peakBytes).toBe(1e8);
  });

  it('says nothing about the memory of a device that does not tell', () => {
    expect(forecastTraining(cost(RATES), network, RECIPE, load(), { peakBytes: null }).peakBytes).toBeNull();
  });

  it('adds durations and takes the largest memory of several', () => {
    const part = { seconds: 10, low: 8, high: 15, peakBytes: 100 };
    expect(totalForecast([part, { ...part, peakBytes: 300 }, { ...part, peakBytes: null }])).toEqual({
      seconds: 30,
      low: 24,
      high: 45,
      peakBytes: 300,
    });
  });
});
