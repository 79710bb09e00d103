import { describe, expect, it } from 'vitest';
import { comparableCurves } from '../../src-main/prediction/points/comparableCurves.ts';
import { datasetCurves } from '../../src-main/prediction/points/datasetCurves.ts';
import { featuresOf } from '../../src-main/prediction/points/measureScale.ts';
import { calibratedDataset, calibrationRun } from './calibrationRun.ts';
import { drawCurves, TRUTH } from './syntheticCurves.ts';

const NONE = new Map<string, never>();
const network = calibrationRun({}).network;
const run = (width: number, factor: number, testDice: number, datasetFingerprint = 'a') =>
  calibrationRun({ datasetFingerprint, network: { ...network, width, factor }, testDice });

describe('the curve of a dataset', () => {
  it('joins networks of the same first level, whatever their base, and averages their runs', () => {
    const [curve] = datasetCurves([run(64, 1 / 32, 0.6), run(16, 1 / 8, 0.8), run(16, 1, 0.9)], NONE);
    expect(curve?.sizes).toMatchObject([
      { width: 2, runs: 2 },
      { width: 16, dice: 0.9, runs: 1, each: [0.9] },
    ]);
    expect(curve?.sizes[0]?.dice).toBeCloseTo(0.7, 12);
    expect(curve?.sizes[0]?.each).toEqual([0.6, 0.8]);
  });

  it('is the same whatever the order of the runs', () => {
    const runs = [run(16, 1, 0.9), run(16, 1 / 2, 0.8), run(16, 1 / 2, 0.7), run(16, 1, 0.5, 'b')];
    expect(datasetCurves([...runs].reverse(), NONE)).toEqual(datasetCurves(runs, NONE));
    expect(datasetCurves(runs, NONE).map(({ dataset }) => dataset)).toEqual(['a', 'b']);
  });

  it('does not take a hard fold that one size lacks for an effect of the size', () => {
    const fold = (number: number) => ({ number, of: 3 });
    const on = (factor: number, number: number, testDice: number) => ({
      ...run(16, factor, testDice),
      validationDice: testDice + 0.02,
      fold: fold(number),
    });
    const whole = [1, 2, 3].flatMap((number) =>
      [1, 1 / 2, 1 / 4].map((factor, i) => on(factor, number, 0.9 - 0.02 * i - 0.1 * (number - 1))),
    );
    const dice = (runs: readonly (typeof whole)[number][]): number[] =>
      datasetCurves(runs, NONE)[0]?.sizes.flatMap((size) => [size.dice, size.validation]) ?? [];
    const expected = [0.76, 0.78, 0.78, 0.8, 0.8, 0.82];
    dice(whole).forEach((value, i) => expect(value).toBeCloseTo(expected[i] ?? NaN, 12));
    // The easiest fold is missing of the widest: .75 is the mean of the others.
    const lacking = whole.filter(({ network, fold: { number } }) => network.factor < 1 || number > 1);
    dice(lacking).forEach((value, i) => expect(Math.abs(value - (expected[i] ?? NaN))).toBeLessThan(0.015));
  });

  it('knows rarity as octaves of the marked share, by how open segmentability leaves it', () => {
    const rarity = (blobDensity: number, segmentability: number): number | undefined =>
      featuresOf({ mean: { blobDensity }, segmentability }).rarity;
    expect(rarity(0.125, 0.5)).toBeCloseTo(3, 12);
    expect(rarity(0.125, 0.9)).toBeCloseTo(3 * 4 * 0.09, 12);
    expect(rarity(0.125, 1)).toBeCloseTo(0, 12);
    expect(rarity(1, 0.3)).toBeCloseTo(0, 12);
    expect(featuresOf({ mean: { blobDensity: 0.125 }, segmentability: null })).not.toHaveProperty('rarity');
  });

  it('knows thinness as outline per marked pixel', () => {
    const dataset = calibratedDataset('a', { boundaryDensity: 0.05, blobDensity: 0.2 });
    const [curve] = datasetCurves([run(16, 1, 0.9)], new Map([['a', dataset]]));
    expect(curve?.features.thinness).toBeCloseTo(0.25, 12);
  });

  it('has the segmentability of its dataset, and the word of those that it is related to', () => {
    const { complexity, ...dataset } = calibratedDataset('a');
    const known = { ...dataset, related: 'larynx', complexity: { ...complexity, segmentability: 0.7 } };
    const [first, second] = datasetCurves([run(16, 1, 0.9), run(16, 1, 0.9, 'b')], new Map([['a', known]]));
    expect(first).toMatchObject({ related: 'larynx', features: { segmentability: 0.7 } });
    expect(second).toMatchObject({ related: 'b', features: {} });
  });
});

describe('curves that can be compared by segmentability', () => {
  const curves = drawCurves({ ...TRUTH, datasets: 12 }, 1);
  const without = (count: number) =>
    curves.map((curve, i) => {
      const { segmentability, ...others } = curve.features;
      return i < count || segmentability === undefined ? { ...curve, features: others } : curve;
    });
  const target = { segmentability: 0.5 };

  it('are those that have it, where they are enough', () => {
    expect(comparableCurves(without(3), target)).toMatchObject({ leftOut: 3, curves: { length: 9 } });
  });

  it('are all, by other measures, where too few have it or the target has not', () => {
    expect(comparableCurves(without(8), target)).toMatchObject({ leftOut: 0, curves: { length: 12 } });
    expect(comparableCurves(without(3), {})).toMatchObject({ leftOut: 0, curves: { length: 12 } });
  });
});
