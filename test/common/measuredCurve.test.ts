import { describe, expect, it } from 'vitest';
import type { CalibrationRun } from '#common/calibration/calibrationRun.ts';
import { fullDice, measuredCurve, measuredCurves } from '#common/calibration/measuredCurve.ts';
import { DEFAULT_RECIPE } from '#common/training/defaultRecipe.ts';
import { calibrationRun, parametersOfUnet } from '../prediction/calibrationRun.ts';

const network = calibrationRun({}).network;
const run = (alpha: number, testDice: number, change: Partial<CalibrationRun> = {}): CalibrationRun =>
  calibrationRun({
    network: { ...network, factor: alpha },
    parameters: parametersOfUnet(alpha),
    testDice,
    validationDice: testDice - 0.1,
    ...change,
  });

describe('a measured curve', () => {
  const runs = [run(1, 0.9), run(1 / 4, 0.7), run(1, 0.8, { seed: 2 })];

  it('has the mean over seeds of every size, the smallest first', () => {
    expect(measuredCurve(runs)).toEqual([
      { alpha: 1 / 4, parameters: parametersOfUnet(1 / 4), dice: 0.7, seeds: 1 },
      { alpha: 1, parameters: parametersOfUnet(1), dice: expect.closeTo(0.85, 12) as number, seeds: 2 },
    ]);
  });

  it('does not take an easy fold, in which alone one size has learnt, for an effect of the size', () => {
    const fold = (number: number): Partial<CalibrationRun> => ({ fold: { number, of: 2 } });
    const folds = [
      run(1, 0.9, fold(1)),
      run(1, 0.5, fold(2)),
      run(1 / 2, 0.8, fold(1)),
      run(1 / 2, 0.4, fold(2)),
    ];
    const [small, half] = measuredCurve([...folds, run(1 / 4, 0.7, fold(1))]);
    expect(small?.dice).toBeGreaterThan(0.5);
    expect(small?.dice).toBeLessThan(half?.dice ?? NaN);
    expect(half?.dice).toBeCloseTo(0.6, 12);
  });

  it('can be of the validation images, by which probes are read', () => {
    expect(measuredCurve(runs, ({ validationDice }) => validationDice)[0]?.dice).toBeCloseTo(0.6, 12);
  });

  it.each([
    ['has not learnt', { learnt: false }],
    ['was excluded by the user', { excluded: 'wrong masks' }],
  ])('leaves out a run that %s', (_reason, change) => {
    expect(measuredCurve([...runs, run(1, 0.1, change)])).toEqual(measuredCurve(runs));
  });
});

describe('measured curves', () => {
  const points = (runs: readonly CalibrationRun[]): number[][] =>
    measuredCurves(runs).map((curve) => curve.points.map(({ dice }) => dice));

  it('never join what was trained by different recipes, or for different base networks', () => {
    const recipe = { ...DEFAULT_RECIPE, epochs: 1 };
    const wide = { ...network, width: 32 };
    const runs = [run(1, 0.9), run(1 / 2, 0.8), run(1 / 2, 0.4, { recipe }), run(1, 0.3, { network: wide })];
    expect(points(runs)).toEqual([[0.8, 0.9], [0.4], [0.3]]);
  });

  it('are one a dataset, and none of one without a usable run', () => {
    const other = { datasetFingerprint: 'dataset-b', datasetName: 'dataset b' };
    const runs = [run(1, 0.9), run(1, 0.6, other), run(1, 0, { datasetFingerprint: 'c', learnt: false })];
    expect(measuredCurves(runs)).toMatchObject([
      { fingerprint: 'dataset-a', dataset: 'dataset a', family: 'unet', width: 64 },
      { fingerprint: 'dataset-b', dataset: 'dataset b' },
    ]);
  });
});

describe('the Dice of the full network', () => {
  it('is not known where it was not measured, or is nothing to divide by', () => {
    expect(fullDice(measuredCurve([run(1, 0.9), run(1 / 2, 0.8)]))).toBe(0.9);
    expect(fullDice(measuredCurve([run(1 / 2, 0.8)]))).toBeNull();
    expect(fullDice(measuredCurve([run(1, 0)]))).toBeNull();
  });
});
