import { describe, expect, it } from 'vitest';
import { mean } from '#common/statistics/mean.ts';
import { fitCurveModel } from '../../src-main/prediction/curves/curveModel.ts';
import { curveTerms } from '../../src-main/prediction/curves/curveTerms.ts';
import { designOf } from '../../src-main/prediction/curves/design.ts';
import { expectedCurves, patternsOf } from '../../src-main/prediction/curves/expectedCurves.ts';
import { EXPLANATIONS, type Explanation } from '../../src-main/prediction/curves/explanation.ts';
import { levelScale } from '../../src-main/prediction/curves/levelScale.ts';
import {
  cholesky,
  choleskySolve,
  dot,
  matrix,
  valueAt,
} from '../../src-main/prediction/algebra/linearAlgebra.ts';
import { drawCurves, TRUTH } from './syntheticCurves.ts';

function named(name: string): Explanation {
  const found = EXPLANATIONS.find((explanation) => explanation.name === name);
  if (!found) throw new Error(`No explanation is called ${name}.`);
  return found;
}

describe('a fitted curve model', () => {
  it('expects of every curve what conditioning its multivariate normal on all measurements at once says', () => {
    const curves = drawCurves({ ...TRUTH, datasets: 4, widths: [1, 2, 8] }, 3);
    const design = designOf(curves, []);
    const designs = [design, design, design];
    const coefficients = [[0.8], [-0.2], [0.05]];
    const unexplained = matrix(3, 3, (i, j) => (i === j ? ([0.03, 0.05, 0.02][i] ?? 0) : 0.004));
    const [wiggle, noise] = [0.0004, 0.0016];
    const dispersions = [1, 0.5, 2, 1];
    const { expected, squares } = expectedCurves(patternsOf(curves, 'saturating'), 4, designs, {
      coefficients,
      unexplained,
      wiggle,
      noise,
      dispersions,
    });
    curves.forEach(({ sizes }, index) => {
      const phi = sizes.map(({ width }) => curveTerms('saturating', width));
      const prior = coefficients.map(([value]) => value ?? 0);
      const spread = (row: readonly number[]): number[] =>
        [0, 1, 2].map((j) => row.reduce((sum, x, k) => sum + x * valueAt(unexplained.data, j * 3 + k), 0));
      const covariance = matrix(
        3,
        3,
        (a, b) => dot(phi[a] ?? [], spread(phi[b] ?? [])) + (a === b ? wiggle + noise : 0),
      );
      const surprise = sizes.map(({ dice }, i) => dice - dot(phi[i] ?? [], prior));
      const weights = choleskySolve(cholesky(covariance), surprise);
      expect(squares[index]).toBeCloseTo(dot(surprise, weights) / levelScale(0.8) ** 2, 8);
      prior.forEach((value, k) => {
        const moved =
          value + phi.reduce((sum, row, i) => sum + (spread(row)[k] ?? 0) * valueAt(weights, i), 0);
        expect(expected[index * 3 + k]).toBeCloseTo(moved, 10);
      });
    });
  });

  it('finds how the level depends on segmentability and the drop on thinness', () => {
    const truth = { ...TRUTH, datasets: 400, levelBySegmentability: 0.12, dropByThinness: 0.08 };
    const curves = drawCurves(truth, 5);
    const model = fitCurveModel(curves, named('segmentabilityAndThinness'));
    expect(model.coefficients[0]?.[1]).toBeCloseTo(0.12, 1.7);
    // At width 1 all of the drop is there: the sum over both terms that vanish for wide networks.
    const thinness = (model.coefficients[1]?.[2] ?? 0) + (model.coefficients[2]?.[2] ?? 0);
    expect(thinness).toBeCloseTo(-0.08, 1.7);
    expect(Math.sqrt(valueAt(model.unexplained.data, 0))).toBeCloseTo(truth.levelSpread, 1.5);
  });

  it('finds that datasets with thin objects stray less, and nothing where they do not', () => {
    const truth = { ...TRUTH, datasets: 200, levelBySegmentability: 0.08 };
    const found = (strayingByThinness: number, seed: number): number =>
      fitCurveModel(drawCurves({ ...truth, strayingByThinness }, seed), named('segmentability')).exponent;
    for (const seed of [4, 6]) {
      expect(found(-0.35, seed)).toBeGreaterThan(-0.42);
      expect(found(-0.35, seed)).toBeLessThan(-0.24);
      expect(Math.abs(found(0, seed))).toBeLessThan(0.08);
    }
  });

  it('takes all datasets to stray alike where one of them does not tell how thin its objects are', () => {
    const [first, ...others] = drawCurves({ ...TRUTH, datasets: 40, strayingByThinness: -0.4 }, 4);
    if (!first) throw new Error('No curve was drawn.');
    const { segmentability = NaN, rarity = NaN } = first.features;
    const features = { segmentability, rarity };
    const model = fitCurveModel([{ ...first, features }, ...others], named('segmentability'));
    expect(model.exponent).toBe(0);
    const whole = fitCurveModel([first, ...others], named('segmentability'));
    expect(whole.exponent).toBeLessThan(-0.1);
    expect(whole.standing(features)).toBe(0);
  });

  it('is the same from a warm start', () => {
    const curves = drawCurves({ ...TRUTH, datasets: 30, levelBySegmentability: 0.1 }, 8);
    const explanation = named('segmentability');
    const cold = fitCurveModel(curves.slice(1), explanation);
    const warm = fitCurveModel(curves.slice(1), explanation, fitCurveModel(curves, explanation));
    warm.coefficients.forEach((weights, k) =>
      weights.forEach((weight, i) => expect(weight).toBeCloseTo(cold.coefficients[k]?.[i] ?? NaN, 2)),
    );
  });

  it('stays finite and wide with a single dataset', () => {
    const [curve] = drawCurves(TRUTH, 2);
    const model = fitCurveModel(curve ? [curve] : [], named('meanCurve'));
    const level = model.coefficients[0]?.[0] ?? NaN;
    expect(level).toBeGreaterThan(mean(curve?.sizes.map(({ dice }) => dice) ?? []) - 0.1);
    expect(level).toBeLessThan(1.2);
    expect(Math.sqrt(valueAt(model.unexplained.data, 0))).toBeGreaterThan(0.08);
  });
});
