import { describe, expect, it } from 'vitest';
import { predictionSchema } from '#common/prediction/prediction.ts';
import { CancelledError } from '#common/errors.ts';
import { MEASURES, type Complexity } from '#common/dataset/complexity.ts';
import { candidates } from '../../src-main/prediction/candidates.ts';
import { predictAccuracy, type AccuracyQuestion } from '../../src-main/prediction/predictAccuracy.ts';
import { datasetsOf, parametersOfUnet, runsOf } from './calibrationRun.ts';
import { drawCurves, TRUTH } from './syntheticCurves.ts';

const alphas = [1, 1 / 2, 1 / 4, 1 / 8, 1 / 16, 1 / 32];
const measures = Object.fromEntries(MEASURES.map((measure) => [measure, 0.3])) as Complexity;

function question(datasets: number, change: Partial<AccuracyQuestion> = {}): AccuracyQuestion {
  const curves = drawCurves({ ...TRUTH, datasets }, 11);
  return {
    calibration: curves.flatMap(runsOf),
    datasets: datasetsOf(curves),
    width: 32,
    target: {
      complexity: {
        recipe: 'recipe-1',
        mean: {
          ...measures,
          jpeg: 0.15,
          blobDensity: 0.18,
          boundaryDensity: 0.02,
          intensitySeparability: 0.6,
        },
        segmentability: null,
        trainingImages: 40,
      },
      probes: [],
    },
    alphas,
    parametersOf: (alpha) => parametersOfUnet(alpha / 2),
    ...change,
  };
}

describe('predicted accuracy', () => {
  it('is a valid prediction with ordered bounds and a curve that never rises as the network narrows', async () => {
    const { retained, ...prediction } = await predictAccuracy(question(9));
    expect(() => predictionSchema.parse(prediction)).not.toThrow();
    for (const { predicted, likely = NaN, sure = NaN, low, high } of prediction.points) {
      expect([low, sure, likely, predicted, high]).toEqual(
        [low, sure, likely, predicted, high].sort((a, b) => a - b),
      );
    }
    const means = prediction.points.map(({ predicted }) => predicted);
    expect(means).toEqual([...means].sort((a, b) => b - a));
    expect(retained[0]).toEqual({ alpha: 1, retained: 1, likely: 1, sure: 1, low: 1, high: 1 });
  });

  it('says that its error is unknown where every measured size is one that was probed', async () => {
    const calibration = question(4).calibration.filter(({ network }) => network.width * network.factor === 4);
    const { target } = question(4);
    const probed = { ...target, probes: [{ alpha: 1 / 8, dice: 0.7, seeds: 1 }] };
    const { error, points } = await predictAccuracy(question(4, { calibration, target: probed }));
    expect(error).toMatchObject({ mae: null, candidates: [], retained: { mae: null, datasets: 0 } });
    expect(points.every(({ low, predicted, high }) => low <= predicted && predicted <= high)).toBe(true);
  });

  it('is surer of retained accuracy than of accuracy', async () => {
    const { points, retained } = await predictAccuracy(question(9));
    points.slice(1).forEach(({ predicted, sure = NaN }, i) => {
      const share = retained[i + 1];
      const doubt = ((share?.retained ?? NaN) - (share?.sure ?? NaN)) / (share?.retained ?? NaN);
      expect(doubt).toBeLessThan((predicted - sure) / predicted);
    });
  });

  it('serves every base width from the same calibration', async () => {
    const at32 = await predictAccuracy(question(9));
    const at16 = await predictAccuracy(question(9, { width: 16, alphas: [1, 1 / 4] }));
    const quarter = at32.points.find(({ alpha }) => alpha === 1 / 8);
    expect(at16.points[1]?.predicted).toBeCloseTo(quarter?.predicted ?? NaN, 10);
    const at64 = await predictAccuracy(question(9, { width: 64, alphas: [1, 1 / 2] }));
    expect(at64.points[1]?.predicted).toBeCloseTo(at32.points[0]?.predicted ?? NaN, 2);
    expect(at64.warnings.join(' ')).toContain('wider than 32 filters');
  });

  it.each([
    [1, 'Only one dataset was calibrated'],
    [2, 'Only 2 datasets were calibrated'],
  ])('warns and knows no error with %d calibrated', async (datasets, warning) => {
    const { error, warnings, points } = await predictAccuracy(question(datasets));
    expect(warnings.join(' ')).toContain(warning);
    expect(error).toMatchObject({ predictor: 'meanCurve', mae: null, retained: { mae: null }, datasets });
    for (const { low, high } of points) expect(high - low).toBeGreaterThan(0.25);
  });

  it('says so when it is the average of other datasets, and not once a probe was trained', async () => {
    const blind = 'does not depend on your images';
    expect((await predictAccuracy(question(9))).warnings.join(' ')).toContain(blind);
    const probed = question(9);
    const target = { ...probed.target, probes: [{ alpha: 1 / 8, dice: 0.6, seeds: 1 }] };
    expect((await predictAccuracy({ ...probed, target })).warnings.join(' ')).not.toContain(blind);
  });

  it('reports the error of every predictor, best first, beside both baselines', async () => {
    const { error } = await predictAccuracy(question(9));
    const maes = error.candidates.map(({ mae }) => mae);
    expect(maes).toEqual([...maes].sort((a, b) => a - b));
    expect(error.candidates.map(({ predictor }) => predictor)).toContain(error.predictor);
    expect(error.baselines.meanCurve).toBeGreaterThan(0);
    expect(error.baselines.logParameters).toBeGreaterThan(0);
    expect(error).toMatchObject({ datasets: 9, runs: 54 });
  });

  it('gives the baselines the same probes as the predictor, and says what it errs by without', async () => {
    const base = question(12);
    const without = (await predictAccuracy(base)).error;
    const target = { ...base.target, probes: [{ alpha: 1 / 8, dice: 0.7, seeds: 1 }] };
    const { error } = await predictAccuracy({ ...base, target });
    expect(error.baselines.meanCurve).toBeLessThan(without.baselines.meanCurve ?? NaN);
    expect(error.withoutProbes).toBeCloseTo(without.mae ?? NaN, 10);
    expect(without.withoutProbes).toBeUndefined();
  });

  it('reports the error of retained accuracy over datasets with a base network', async () => {
    const base = question(9);
    const calibration = base.calibration.filter(
      (run) => run.datasetFingerprint !== 'dataset-003' || run.network.factor !== 1,
    );
    const { error } = await predictAccuracy({ ...base, calibration });
    expect(error.retained?.datasets).toBe(8);
    expect(error.retained?.mae).toBeGreaterThan(0);
  });

  it('gives every size what is likely and what is sure of its retained accuracy', async () => {
    const prediction = await predictAccuracy(question(9));
    const cost = { macs: 1, activationBytes: 1, fileBytes: 1, latencyMs: null };
    candidates(prediction, () => cost).forEach((candidate, i) => {
      const share = prediction.retained[i];
      expect(candidate).toMatchObject({
        retainedLikely: share?.likely,
        retainedSure: share?.sure,
        retainedLow: share?.low,
        retainedHigh: share?.high,
      });
    });
  });

  it('is the same whatever the order of the runs, and the same twice', async () => {
    const base = question(9);
    const once = await predictAccuracy(base);
    expect(await predictAccuracy(base)).toEqual(once);
    expect(await predictAccuracy({ ...base, calibration: [...base.calibration].reverse() })).toEqual(once);
  });

  it('does not depend on which other octaves are asked for', async () => {
    const [one] = (await predictAccuracy(question(9, { alphas: [1 / 8] }))).points;
    const among = (await predictAccuracy(question(9))).points.find(({ alpha }) => alpha === 1 / 8);
    expect(one?.predicted).toBeCloseTo(among?.predicted ?? NaN, 12);
    expect(one?.low).toBeCloseTo(among?.low ?? NaN, 12);
  });

  it('warns of sizes narrower than any calibrated one', async () => {
    const { warnings } = await predictAccuracy(question(9, { alphas: [1 / 64] }));
    expect(warnings.join(' ')).toContain('narrower than 1 filter in');
  });

  it('ends when it is cancelled', async () => {
    const controller = new AbortController();
    const work = predictAccuracy(question(9, { signal: controller.signal }));
    controller.abort();
    await expect(work).rejects.toThrow(CancelledError);
  });
});
