import { describe, expect, it } from 'vitest';
import { mean } from '#common/statistics/mean.ts';
import { at, valueAt } from '../../src-main/prediction/algebra/linearAlgebra.ts';
import { fitCurveModel } from '../../src-main/prediction/curves/curveModel.ts';
import type { DatasetCurve } from '../../src-main/prediction/curves/datasetCurve.ts';
import { EXPLANATIONS } from '../../src-main/prediction/curves/explanation.ts';
import { predictCurve } from '../../src-main/prediction/curves/predictCurve.ts';
import { distance, likeness, placesAmong, type Place } from '../../src-main/prediction/points/likeness.ts';
import type { Features } from '../../src-main/prediction/points/measureScale.ts';
import { predictFromCurves } from '../../src-main/prediction/predictFromCurves.ts';
import { drawCurves, normal, TRUTH, uniform } from './syntheticCurves.ts';

const gauss = normal(uniform(11));

/** Measures that the drawn curves lack; with them two datasets can be compared. */
function completed(features: Features): Features {
  return {
    ...features,
    medianFrequency: 0.2 + 0.08 * gauss(),
    entropy: 6 + gauss(),
    delentropy: 5 + gauss(),
    edgeDensity: 2 ** (-3 + gauss()),
    glcmContrast: 2 ** (1 + gauss()),
    glcmHomogeneity: 0.7 + 0.1 * gauss(),
    objectCount: 2 ** (3 + gauss()),
    objectSizeSpread: 2 + gauss(),
    textureSeparability: 0.5 + 0.15 * gauss(),
    trainingImages: 20,
  };
}

const curves = drawCurves({ ...TRUTH, datasets: 20, levelBySegmentability: 0.08 }, 5).map((curve) => ({
  ...curve,
  features: completed(curve.features),
}));
const explanation = EXPLANATIONS.find(({ name }) => name === 'segmentability');
const blind = EXPLANATIONS.find(({ name }) => name === 'meanCurve');
if (!explanation || !blind) throw new Error('There is no such explanation.');
const widths = [2, 4, 8, 16];
const target = completed(drawCurves(TRUTH, 77)[0]?.features ?? {});

/** A dataset that was measured to be as hard as `dice` tells. */
function calibrated(features: Features, dice: number, dataset = 'sibling'): DatasetCurve {
  const sizes = widths.map((width) => ({ width, dice, validation: dice, runs: 3, each: [dice, dice, dice] }));
  return { dataset, name: dataset, related: dataset, features, sizes };
}

function place(features: Features): Place {
  const found = placesAmong(curves.map((curve) => curve.features))(features);
  if (found === null) throw new Error('These datasets cannot be compared.');
  return found;
}

describe('how alike two datasets are', () => {
  it('is .9 where all measures are equal, however many images there are', () => {
    expect(likeness(place(target), place({ ...target, trainingImages: 500 }))).toBeCloseTo(0.9, 12);
  });

  it('falls by exp(-1/2) over a quarter of the spread of every measure', () => {
    const here = place(target);
    const there = here.map((value) => value + 0.25);
    expect(distance(here, there)).toBeCloseTo(0.25, 12);
    expect(likeness(here, there)).toBeCloseTo(0.9 * Math.exp(-0.5), 12);
    expect(likeness(there, here)).toBe(likeness(here, there));
  });

  it('compares shares and counts by ratio, since half as much is as far from a tenth as from a half', () => {
    const of = (blobDensity: number): Place => place({ ...target, blobDensity });
    expect(distance(of(0.4), of(0.2))).toBeCloseTo(distance(of(0.02), of(0.01)), 12);
  });

  it('cannot be told of a dataset that lacks a measure, or where few are shared', () => {
    const { jpeg = 0, blobDensity = 0, segmentability = 0 } = target;
    expect(placesAmong([target])({ jpeg, blobDensity, segmentability })).toBeNull();
    expect(placesAmong([{ jpeg, blobDensity, segmentability }])(target)).toBeNull();
  });
});

describe('a calibrated dataset that is like the one to predict', () => {
  const predict = (more: readonly DatasetCurve[], model = explanation) =>
    predictCurve(fitCurveModel([...curves, ...more], model), target, widths, []);
  const { mean: usual, covariance: unknown } = predict([]);
  const hard = usual.map((dice) => dice - 0.2)[0] ?? 0;

  it('moves the prediction most of the way, and makes it surer', () => {
    const model = fitCurveModel([...curves, calibrated(target, hard)], explanation);
    const { mean: moved, covariance, alike } = predictCurve(model, target, widths, []);
    const without = predictCurve({ ...model, placed: [] }, target, widths, []);
    widths.forEach((_, i) => {
      expect(valueAt(moved, i) - hard).toBeLessThan(0.35 * (valueAt(without.mean, i) - hard));
      expect(at(covariance, i, i)).toBeLessThan(0.6 * at(without.covariance, i, i));
    });
    expect(alike[0]).toMatchObject({ curve: { name: 'sibling' } });
    expect(alike[0]?.likeness).toBeCloseTo(0.9, 12);
  });

  it('counts for the less the less alike it is, and unlike ones as any other', () => {
    const shifts = [0, 0.5, 3].map((spreads) => {
      // In measures that the explanation does not use: the regression tells the same.
      const { entropy = 0, delentropy = 0, medianFrequency = 0 } = target;
      const moved = {
        entropy: entropy + 1.42 * spreads,
        delentropy: delentropy + 1.43 * spreads,
        medianFrequency: medianFrequency + 0.089 * spreads,
      };
      return valueAt(usual, 2) - valueAt(predict([calibrated({ ...target, ...moved }, hard)]).mean, 2);
    });
    const [same = 0, near = 0, far = 0] = shifts;
    expect(near).toBeLessThan(0.9 * same);
    expect(far).toBeLessThan(0.5 * near);
    expect(far).toBeGreaterThan(0);
  });

  it('is not told twice by copies of it, however many', () => {
    const copies = Array.from({ length: 12 }, (_, i) => calibrated(target, hard, `copy ${i}`));
    const once = predict(copies.slice(0, 1));
    const often = predict(copies);
    widths.forEach((_, i) => {
      expect(valueAt(often.mean, i)).toBeLessThan(valueAt(once.mean, i));
      // What is the target's own, a tenth of the variance, no copy can tell.
      expect(at(often.covariance, i, i)).toBeGreaterThan(0.04 * at(unknown, i, i));
    });
    expect(often.alike).toHaveLength(8);
  });

  it('is nothing to an explanation that looks at no image', () => {
    const { mean: average, alike } = predict([calibrated(target, hard)], blind);
    expect(alike).toEqual([]);
    expect(mean(average)).toBeGreaterThan(hard + 0.1);
  });

  it('lets a probe speak, too: both are weighed by how much they tell', () => {
    const model = fitCurveModel([...curves, calibrated(target, hard)], explanation);
    const alone = predictCurve(model, target, widths, []);
    const probe = { width: 4, dice: valueAt(usual, 1), runs: 1 };
    const probed = predictCurve(model, target, widths, [probe]);
    widths.forEach((_, i) => {
      expect(valueAt(probed.mean, i)).toBeGreaterThan(valueAt(alone.mean, i));
      expect(valueAt(probed.mean, i)).toBeLessThan(valueAt(usual, i));
      expect(at(probed.covariance, i, i)).toBeLessThan(at(alone.covariance, i, i));
    });
  });

  it('is named in the prediction with how alike it is', async () => {
    const { error } = await predictFromCurves({
      curves: [...curves, calibrated(target, hard)],
      ...{ runs: 100, features: target, probes: [], width: 16, alphas: [0.125, 1] },
      parametersOf: (alpha) => alpha,
    });
    expect(error.predictor).not.toBe('meanCurve');
    expect(error.alike?.[0]?.name).toBe('sibling');
    expect(error.alike?.[0]?.likeness).toBeCloseTo(0.9, 12);
  });
});
