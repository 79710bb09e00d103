import { describe, expect, it } from 'vitest';
import { fitKernelRegression } from '../../src-main/prediction/predictors/kernelRegression.ts';
import { readReference } from './readReference.ts';

const tilts = [-0.04, 0.03, 0.01, 0.06, -0.05];
const variances = [4e-4, 4e-4, 9e-4, 4e-4, 2e-4];
const entropies = [5.1, 6.2, 6.0, 7.3, 4.8];
const curves = tilts.map((value, i) => ({
  dataset: String(i),
  features: { entropy: entropies[i] ?? NaN },
  level: { value: 0, variance: 1 },
  tilt: { value, variance: variances[i] ?? NaN },
}));
const linear = (a: number, b: number): number => a * b;

describe('Bayesian model averaging', () => {
  it('expects what an independent computation with explicit inverses expects', () => {
    const expected = fitKernelRegression(curves, (curve) => curve.tilt, 0.05, 0.3, [linear]);
    expect(expected({ entropy: 6.8 })).toBeCloseTo(readReference().modelAverage, 12);
  });

  it('expects less of complexity the more it believes in nothing', () => {
    const expectations = [0.01, 0.5, 0.99].map((nothing) =>
      fitKernelRegression(curves, (curve) => curve.tilt, 0.05, nothing, [linear])({ entropy: 6.8 }),
    );
    expect(expectations).toEqual([...expectations].sort((a, b) => b - a));
    expect(expectations.at(-1)).toBeGreaterThan(0);
  });

  it('expects the mean when there is no feature', () => {
    const bare = curves.map((curve) => ({ ...curve, features: {} }));
    expect(fitKernelRegression(bare, (curve) => curve.tilt, 0.05, 0.3, [linear])({})).toBe(0);
  });
});
