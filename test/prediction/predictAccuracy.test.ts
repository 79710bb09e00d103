import { describe, expect, it } from 'vitest';
import { predictionSchema } from '#common/prediction/prediction.ts';
import { MEASURES, type Complexity } from '#common/dataset/complexity.ts';
import { calibrationPoints } from '../../src-main/prediction/points/calibrationPoints.ts';
import { candidates } from '../../src-main/prediction/candidates.ts';
import { crossValidate } from '../../src-main/prediction/uncertainty/crossValidate.ts';
import { NotCalibratedError } from '../../src-main/prediction/NotCalibratedError.ts';
import { predictAccuracy, type AccuracyQuestion } from '../../src-main/prediction/predictAccuracy.ts';
import { calibrationRun, parametersOfUnet, runOf } from './calibrationRun.ts';
import { drawCalibration, TRUTH } from './syntheticCalibration.ts';

const alphas = [1, 1 / 2, 1 / 4, 1 / 8, 1 / 16, 1 / 32];

function question(datasets: number, change: Partial<AccuracyQuestion> = {}): AccuracyQuestion {
  const mean = Object.fromEntries(MEASURES.map((measure) => [measure, 0.3])) as Complexity;
  return {
    runs: drawCalibration({ ...TRUTH, datasets }, 11).map(runOf),
    family: 'unet',
    width: 64,
    target: {
      complexity: {
        recipe: 'recipe-1',
        mean: {
          ...mean,
          jpeg: 0.15,
          blobDensity: 0.18,
          entropy: 6,
          medianFrequency: 0.1,
          boundaryDensity: 0.03,
        },
        trainingImages: 40,
      },
    },
    alphas,
    parametersOf: parametersOfUnet,
    ...change,
  };
}

describe('predicted accuracy', () => {
  it('is a valid prediction with ordered bounds and a curve that never rises as the network narrows', () => {
    const { retained, ...prediction } = predictAccuracy(question(9));
    expect(() => predictionSchema.parse(prediction)).not.toThrow();
    for (const { predicted, low, high } of prediction.points) {
      expect(low).toBeLessThan(predicted);
      expect(predicted).toBeLessThan(high);
    }
    const means = prediction.points.map(({ predicted }) => predicted);
    expect(means).toEqual([...means].sort((a, b) => b - a));
    expect(retained[0]).toEqual({ alpha: 1, retained: 1, low: 1, high: 1 });
  });

  it('is surer of retained accuracy than of accuracy', () => {
    const { points, retained } = predictAccuracy(question(9));
    points.slice(1).forEach(({ predicted, low, high }, i) => {
      const share = retained[i + 1];
      const width = (share?.high ?? NaN) - (share?.low ?? NaN);
      expect(width).toBeLessThan((high - low) / predicted);
    });
  });

  it('says what to do when nothing is calibrated', () => {
    const ask = (): unknown => predictAccuracy(question(9, { runs: [] }));
    expect(ask).toThrow(NotCalibratedError);
    expect(ask).toThrow('No stored run of another dataset can predict unet of base width 64.');
  });

  it('says why the stored runs cannot be used', () => {
    const runs = [
      calibrationRun({ learnt: false }),
      calibrationRun({ learnt: false }),
      calibrationRun({ excluded: 'x' }),
    ];
    expect(() => predictAccuracy(question(9, { runs }))).toThrow(
      '2 runs that did not learn, 1 run excluded by hand',
    );
  });

  it.each([
    [1, 'Only one dataset was calibrated'],
    [2, 'Only 2 datasets were calibrated'],
  ])('warns and knows no error with %d calibrated', (datasets, warning) => {
    const { error, warnings, points } = predictAccuracy(question(datasets));
    expect(warnings.join(' ')).toContain(warning);
    expect(error).toMatchObject({ predictor: 'meanCurve', mae: null, retained: { mae: null }, datasets });
    for (const { low, high } of points) expect(high - low).toBeGreaterThan(0.25);
  });

  it('reports the error of every predictor, best first, beside both baselines', () => {
    const { error } = predictAccuracy(question(9));
    const maes = error.candidates.map(({ mae }) => mae);
    expect(maes).toEqual([...maes].sort((a, b) => a - b));
    expect(error.candidates.map(({ predictor }) => predictor)).toContain(error.predictor);
    expect(error.baselines.meanCurve).toBeGreaterThan(0);
    expect(error.baselines.logParameters).toBeGreaterThan(0);
    expect(error).toMatchObject({ datasets: 9, runs: 54 });
  });

  it('reports the error of retained accuracy as leave-one-dataset-out finds it, over datasets with a base network', () => {
    const base = question(9);
    const runs = base.runs.filter(
      (run) => run.datasetFingerprint !== 'dataset-003' || run.network.factor !== 1,
    );
    const { error } = predictAccuracy({ ...base, runs });
    expect(error.retained?.datasets).toBe(8);
    const selection = {
      family: 'unet',
      width: 64,
      complexityRecipe: 'recipe-1',
      parametersOf: parametersOfUnet,
    } as const;
    const points = calibrationPoints(runs, selection);
    const [meanCurve] = crossValidate(points).errors;
    expect(error.retained?.baselines.meanCurve).toBeCloseTo(meanCurve?.maeRetained ?? NaN, 12);
    expect(error.retained?.mae).toBeLessThan(error.mae ?? NaN);
  });

  it('gives every size the interval of its retained accuracy', () => {
    const prediction = predictAccuracy(question(9));
    const cost = { macs: 1, activationBytes: 1, fileBytes: 1, latencyMs: null };
    candidates(prediction, () => cost).forEach((candidate, i) => {
      const share = prediction.retained[i];
      expect(candidate.retainedLow).toBe(share?.low);
      expect(candidate.retainedHigh).toBe(share?.high);
    });
  });

  it('leaves the dataset itself out', () => {
    const base = question(9);
    const own = { ...base.target, fingerprint: 'dataset-003' };
    const without = base.runs.filter((run) => run.datasetFingerprint !== 'dataset-003');
    expect(predictAccuracy({ ...base, target: own })).toEqual(predictAccuracy({ ...base, runs: without }));
  });

  it('is the same whatever the order of the runs, and the same twice', () => {
    const base = question(9);
    const once = predictAccuracy(base);
    expect(predictAccuracy(base)).toEqual(once);
    expect(predictAccuracy({ ...base, runs: [...base.runs].reverse() })).toEqual(once);
  });

  it('does not depend on which other sizes are asked for', () => {
    const [one] = predictAccuracy(question(9, { alphas: [1 / 8] })).points;
    const among = predictAccuracy(question(9)).points.find(({ alpha }) => alpha === 1 / 8);
    expect(one?.predicted).toBeCloseTo(among?.predicted ?? NaN, 12);
    expect(one?.low).toBeCloseTo(among?.low ?? NaN, 12);
  });

  it('moves towards a probe and narrows its interval', () => {
    const base = question(9);
    const before = predictAccuracy(base).points;
    const probes = [{ alpha: 1 / 32, dice: (before.at(-1)?.predicted ?? 0) - 0.15 }];
    const after = predictAccuracy({ ...base, target: { ...base.target, probes } }).points;
    after.forEach(({ predicted, low, high }, i) => {
      expect(predicted).toBeLessThan((before[i]?.predicted ?? 0) - 0.05);
      expect(high - low).toBeLessThan(0.9 * ((before[i]?.high ?? 0) - (before[i]?.low ?? 0)));
    });
  });

  it('warns of sizes narrower than any calibrated one', () => {
    const { warnings } = predictAccuracy(question(9, { alphas: [1 / 64] }));
    expect(warnings.join(' ')).toContain('narrower than every calibrated network');
  });
});
