import { isotonic } from '../algebra/isotonic.ts';
import { at, cholesky, choleskySolve, dot, matrix, valueAt, type Matrix } from '../algebra/linearAlgebra.ts';
import type { Features } from '../points/measureScale.ts';
import { alikeCurves, type AlikeCurve } from './alikeCurves.ts';
import type { CurveModel } from './curveModel.ts';
import { curveTerms } from './curveTerms.ts';
import { expectedOf } from './expectedOf.ts';

/** Measured accuracy of a small network on the dataset to predict. */
export interface Probe {
  /** Filters of its first level. */
  readonly width: number;
  /** Mean validation Dice over the runs, in [0, 1]: the test split of the dataset to predict decides nothing. */
  readonly dice: number;
  readonly runs: number;
}

/** Joint prediction of the Dice at each of the asked sizes. */
export interface JointDice {
  /** Non-decreasing in width; not clipped. */
  readonly mean: readonly number[];
  /** Of the accuracy itself, between the sizes. */
  readonly covariance: Matrix;
  /** What is added when one run measures it: another seed, a dozen test images. */
  readonly runVariance: number;
  /** What is added when a probe's validation Dice measures it. */
  readonly probeVariance: number;
  /** Calibrated datasets that are like this one, the most alike first. */
  readonly alike: readonly AlikeCurve[];
}

/** A measured Dice that tells of the curve to predict. */
interface Evidence {
  readonly width: number;
  /** Measured minus expected. */
  readonly surprise: number;
  /** Variance of what measures it. */
  readonly noise: number;
  /** Of another dataset; null for a probe. */
  readonly of: AlikeCurve | null;
}

/**
 * Predicts the curve of an unseen dataset, given its probes and the curves of datasets that are like it: gain = K_se (K_ee)⁻¹ times (measured -
 * expected) moves every size, and the covariance shrinks to K_ss - gain K_es, as in Gaussian-process regression (Rasmussen & Williams 2006, eq. 2.23).
 * What is unexplained of two datasets' curves correlates as much as they are alike.
 *
 * @param features those of the model's explanation at least
 * @param widths asked first-level widths, in any order
 */
export function predictCurve(
  model: CurveModel,
  features: Features,
  widths: readonly number[],
  probes: readonly Probe[],
): JointDice {
  // Octaves as well, so that the answer for one size hardly depends on which others were asked.
  const asked = [...new Set([...widths, ...octaves(Math.max(...widths))])];
  const { expected, deviation, rows } = expectedOf(model, features);
  const scale = deviation ** 2;
  const alike = alikeCurves(model, features);
  const bias = deviation * model.probeBias;
  const evidence = [
    ...probes.map(({ width, dice, runs }): Evidence => ({
      width,
      surprise: dice - bias - expected(width),
      noise: (scale * model.probeVariance) / runs,
      of: null,
    })),
    ...alike.flatMap((of) =>
      of.curve.sizes.map(({ width, dice, runs }): Evidence => ({
        width,
        surprise: dice - of.expected(width),
        noise: (of.deviation ** 2 * model.runVariance) / runs,
        of,
      })),
    ),
  ];
  const own = unitCovariance(model, rows);
  const between = unitCovariance(model);
  /** Between the accuracies at two sizes of two datasets, null for the asked one. */
  const shared = (a: number, one: AlikeCurve | null, b: number, other: AlikeCurve | null): number => {
    if (one === null) return other === null ? scale * own(a, b) : shared(b, other, a, one);
    const correlation = one === other ? 1 : one.likenessTo(other);
    return correlation * one.deviation * (other?.deviation ?? deviation) * between(a, b);
  };
  const factor = cholesky(
    matrix(evidence.length, evidence.length, (i, j) => {
      const [a, b] = [evidence[i], evidence[j]];
      // Only the lower triangle is read.
      if (a === undefined || b === undefined || j > i) return 0;
      return shared(a.width, a.of, b.width, b.of) + (i === j ? a.noise : 0);
    }),
  );
  const cross = asked.map((width) => evidence.map((one) => shared(width, null, one.width, one.of)));
  const gain = cross.map((row) => choleskySolve(factor, row));
  const surprise = evidence.map((one) => one.surprise);
  const mean = asked.map((width, i) => expected(width) + dot(gain[i] ?? [], surprise));
  const smooth = narrowerIsNotBetter(asked, mean);
  return {
    mean: widths.map((width) => valueAt(smooth, asked.indexOf(width))),
    covariance: matrix(widths.length, widths.length, (i, j) => {
      const [a, b] = [valueAt(widths, i), valueAt(widths, j)];
      const known = dot(gain[asked.indexOf(a)] ?? [], cross[asked.indexOf(b)] ?? []);
      return shared(a, null, b, null) - known;
    }),
    runVariance: scale * model.runVariance,
    probeVariance: scale * model.probeVariance,
    alike,
  };
}

/**
 * Covariance of what is unexplained of the accuracy at two sizes, of a dataset that strays by 1.
 * @param rows of the dataset's designs, where the coefficients' own uncertainty counts too
 */
function unitCovariance(
  { form, designs, unexplained, wiggle }: CurveModel,
  rows?: readonly (readonly number[])[],
): (a: number, b: number) => number {
  const inflation = designs.map((design, k) =>
    rows === undefined ? 1 : Math.sqrt(1 + design.leverage(rows[k] ?? [])),
  );
  const covariance = matrix(
    unexplained.rows,
    unexplained.rows,
    (j, k) => at(unexplained, j, k) * valueAt(inflation, j) * valueAt(inflation, k),
  );
  const known = new Map<number, Map<number, number>>();
  const compute = (a: number, b: number): number => {
    const [left, right] = [curveTerms(form, a), curveTerms(form, b)];
    const smooth = left.reduce(
      (sum, x, j) => sum + x * right.reduce((row, y, k) => row + at(covariance, j, k) * y, 0),
      0,
    );
    return smooth + (a === b ? wiggle : 0);
  };
  return (a, b) => {
    const row = known.get(a) ?? new Map<number, number>();
    known.set(a, row);
    const value = row.get(b) ?? compute(a, b);
    row.set(b, value);
    return value;
  };
}

/**
 * That a narrower network is expected to come out better is noise or too little data, and no reason to expect it of the next dataset:
 * the nearest non-decreasing curve.
 */
function narrowerIsNotBetter(widths: readonly number[], values: readonly number[]): number[] {
  const order = widths.map((_, i) => i).sort((a, b) => valueAt(widths, a) - valueAt(widths, b));
  const smooth = isotonic(order.map((i) => valueAt(values, i)));
  const result = [...values];
  order.forEach((i, rank) => (result[i] = valueAt(smooth, rank)));
  return result;
}

function octaves(widest: number): number[] {
  const grid: number[] = [];
  for (let width = 1; width <= widest; width *= 2) grid.push(width);
  return grid;
}
