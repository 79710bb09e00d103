import { describe, expect, it } from 'vitest';
import { at, valueAt } from '../../src-main/prediction/algebra/linearAlgebra.ts';
import { fitCurveModel } from '../../src-main/prediction/curves/curveModel.ts';
import { EXPLANATIONS } from '../../src-main/prediction/curves/explanation.ts';
import { levelScale } from '../../src-main/prediction/curves/levelScale.ts';
import { predictCurve } from '../../src-main/prediction/curves/predictCurve.ts';
import { retainedAccuracy } from '../../src-main/prediction/curves/retainedAccuracy.ts';
import { drawCurves, TRUTH } from './syntheticCurves.ts';

const [average = undefined] = EXPLANATIONS;
if (!average) throw new Error('There is no explanation.');
const curves = drawCurves({ ...TRUTH, datasets: 20 }, 4);
const model = fitCurveModel(curves, average);
const widths = [1, 2, 4, 8, 16, 32];

describe('the predicted curve of an unseen dataset', () => {
  it('never rises as the network narrows, whatever the probes say', () => {
    const probes = [
      { width: 2, dice: 0.95, runs: 1 },
      { width: 8, dice: 0.4, runs: 1 },
    ];
    const { mean } = predictCurve(model, {}, widths, probes);
    expect(mean).toEqual([...mean].sort((a, b) => a - b));
  });

  it('levels off beyond the calibrated widths, with a growing uncertainty never below that within', () => {
    const { mean, covariance } = predictCurve(model, {}, [16, 32, 64, 1024], []);
    const [at16 = NaN, at32 = NaN, at64 = NaN, at1024 = NaN] = mean;
    expect(at64 - at32).toBeLessThan(at32 - at16 + 1e-9);
    expect(at1024 - at64).toBeLessThan(0.02);
    expect(at(covariance, 3, 3)).toBeGreaterThan(0.9 * at(covariance, 0, 0));
  });

  it('moves towards a probe at all sizes, most at its own, and is surer there', () => {
    const before = predictCurve(model, {}, widths, []);
    const dice = valueAt(before.mean, 1) - 0.15;
    const after = predictCurve(model, {}, widths, [{ width: 2, dice, runs: 1 }]);
    const shifts = widths.map((_, i) => valueAt(before.mean, i) - valueAt(after.mean, i));
    shifts.forEach((shift) => expect(shift).toBeGreaterThan(0.03));
    expect(Math.max(...shifts.slice(2))).toBeLessThan(valueAt(shifts, 1));
    widths.forEach((_, i) => expect(at(after.covariance, i, i)).toBeLessThan(at(before.covariance, i, i)));
  });

  it('trusts a probe that is the mean of many runs more than a single one', () => {
    const probe = { width: 4, dice: 0.4 };
    const single = predictCurve(model, {}, [4], [{ ...probe, runs: 1 }]);
    const many = predictCurve(model, {}, [4], [{ ...probe, runs: 20 }]);
    expect(valueAt(many.mean, 0)).toBeLessThan(valueAt(single.mean, 0));
    expect(at(many.covariance, 0, 0)).toBeLessThan(at(single.covariance, 0, 0));
  });

  it('takes a probe for what a test would show: by as much less as validation tells too much', () => {
    const excess = 0.1;
    const flattered = curves.map((curve) => ({
      ...curve,
      sizes: curve.sizes.map((size) => ({ ...size, validation: size.dice + excess * levelScale(size.dice) })),
    }));
    const biased = fitCurveModel(flattered, average);
    // Mean over 20 datasets, and three of belief that there is no bias.
    expect(biased.probeBias).toBeCloseTo((excess * 20) / 23, 10);
    expect(Math.abs(model.probeBias)).toBeLessThan(0.01);
    const unflattered = { ...biased, probeBias: 0 };
    const shown = predictCurve(unflattered, {}, widths, [{ width: 4, dice: 0.6, runs: 1 }]);
    const scale = Math.sqrt(shown.runVariance / biased.runVariance);
    const told = 0.6 + scale * biased.probeBias;
    const corrected = predictCurve(biased, {}, widths, [{ width: 4, dice: told, runs: 1 }]);
    corrected.mean.forEach((value, i) => expect(value).toBeCloseTo(valueAt(shown.mean, i), 10));
  });

  it('is surer of the retained share than of the accuracy', () => {
    const joint = predictCurve(model, {}, [4, 16], []);
    const { retained, deviation, measuredDeviation } = retainedAccuracy(joint, 0, 1);
    expect(retained).toBeCloseTo(valueAt(joint.mean, 0) / valueAt(joint.mean, 1), 12);
    expect(deviation).toBeLessThan(Math.sqrt(at(joint.covariance, 0, 0)) / valueAt(joint.mean, 0));
    expect(measuredDeviation).toBeGreaterThan(deviation);
    expect(retainedAccuracy(joint, 1, 1)).toEqual({ retained: 1, deviation: 0, measuredDeviation: 0 });
  });
});
