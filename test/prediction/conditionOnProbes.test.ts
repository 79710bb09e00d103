import { describe, expect, it } from 'vitest';
import { conditionOnProbes } from '../../src-main/prediction/uncertainty/conditionOnProbes.ts';
import { at } from '../../src-main/prediction/algebra/linearAlgebra.ts';
import { readReference } from './readReference.ts';

// log2Alpha stands for the shape itself here, so that the numbers are those of reference.py.
const model = {
  shared: (a: number, b: number) => 0.08 ** 2 + 0.05 ** 2 * a * b,
  own: (seeds: number) => 0.012 ** 2 + 0.025 ** 2 / seeds,
  freedom: 5,
};
const size = (shape: number) => ({ log2Alpha: shape, log2Parameters: 0 });
const sizes = [-0.5, -0.2, 0.1].map(size);
const probe = { ...size(0.6), dice: 0.7, seeds: 1 };

describe('conditioning on probes', () => {
  it('has the gain and covariance of a Gaussian conditioned in numpy', () => {
    const { gain, covariance } = conditionOnProbes(model, sizes, [probe]);
    const reference = readReference();
    reference.probeGain.forEach((value, i) => expect(gain[i]?.[0]).toBeCloseTo(value, 12));
    reference.probeCovariance.forEach((row, i) =>
      row.forEach((value, j) => expect(at(covariance, i, j)).toBeCloseTo(value, 12)),
    );
  });

  it('leaves the error model as it is without probes', () => {
    const { gain, covariance } = conditionOnProbes(model, sizes, []);
    expect(gain).toEqual([[], [], []]);
    expect(at(covariance, 0, 2)).toBeCloseTo(model.shared(-0.5, 0.1), 15);
  });

  it('trusts the mean of several seeds more than one run', () => {
    const [once, often] = [1, 9].map(
      (seeds) => conditionOnProbes(model, sizes, [{ ...probe, seeds }]).gain[0]?.[0],
    );
    expect(often).toBeGreaterThan(once ?? NaN);
  });
});
