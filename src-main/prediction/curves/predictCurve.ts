import { isotonic } from '../algebra/isotonic.ts';
import { at, cholesky, choleskySolve, dot, matrix, valueAt, type Matrix } from '../algebra/linearAlgebra.ts';
import type { Features } from '../points/measureScale.ts';
import type { CurveModel } from './curveModel.ts';
import { curveTerms } from './curveTerms.ts';
import { dispersionAt } from './dispersion.ts';
import { levelScale } from './levelScale.ts';

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
}

/**
 * Predicts the curve of an unseen dataset, given its probes: gain = K_sp (K_pp)⁻¹ times (measured - predicted) moves every size, and the
 * covariance shrinks to K_ss - gain K_ps, as in Gaussian-process regression.
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
  const rows = model.designs.map((design) => design.rowOf(features));
  const prior = (width: number): number =>
    dot(
      curveTerms(model.form, width),
      model.coefficients.map((weights, k) => dot(weights, rows[k] ?? [])),
    );
  const usual = levelScale(dot(rows[0] ?? [], model.coefficients[0] ?? []));
  const scale = (usual * dispersionAt(model.exponent, model.standing(features))) ** 2;
  const shared = sharedCovariance(model, rows, scale);
  const factor = cholesky(
    matrix(probes.length, probes.length, (i, j) => {
      const [a, b] = [probes[i], probes[j]];
      if (a === undefined || b === undefined) return 0;
      return shared(a.width, b.width) + (i === j ? (scale * model.probeVariance) / a.runs : 0);
    }),
  );
  const cross = asked.map((width) => probes.map((probe) => shared(width, probe.width)));
  const gain = cross.map((row) => choleskySolve(factor, row));
  const bias = Math.sqrt(scale) * model.probeBias;
  const surprise = probes.map(({ width, dice }) => dice - bias - prior(width));
  const mean = asked.map((width, i) => prior(width) + dot(gain[i] ?? [], surprise));
  const smooth = narrowerIsNotBetter(asked, mean);
  return {
    mean: widths.map((width) => valueAt(smooth, asked.indexOf(width))),
    covariance: matrix(widths.length, widths.length, (i, j) => {
      const [a, b] = [valueAt(widths, i), valueAt(widths, j)];
      const known = dot(gain[asked.indexOf(a)] ?? [], cross[asked.indexOf(b)] ?? []);
      return shared(a, b) - known;
    }),
    runVariance: scale * model.runVariance,
    probeVariance: scale * model.probeVariance,
  };
}

/** Covariance of the true accuracy at two sizes, the coefficients' own uncertainty included. */
function sharedCovariance(
  { form, designs, unexplained, wiggle }: CurveModel,
  rows: readonly (readonly number[])[],
  scale: number,
): (a: number, b: number) => number {
  const inflation = designs.map((design, k) => Math.sqrt(1 + design.leverage(rows[k] ?? [])));
  const covariance = matrix(
    unexplained.rows,
    unexplained.rows,
    (j, k) => at(unexplained, j, k) * valueAt(inflation, j) * valueAt(inflation, k),
  );
  return (a, b) => {
    const [left, right] = [curveTerms(form, a), curveTerms(form, b)];
    const smooth = left.reduce(
      (sum, x, j) => sum + x * right.reduce((row, y, k) => row + at(covariance, j, k) * y, 0),
      0,
    );
    return scale * (smooth + (a === b ? wiggle : 0));
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
