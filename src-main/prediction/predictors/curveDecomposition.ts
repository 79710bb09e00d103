import type { CalibrationPoint } from '../points/calibrationPoints.ts';
import { groupBy } from '../algebra/groupBy.ts';
import {
  cholesky,
  choleskySolve,
  dot,
  gram,
  matrix,
  transposeTimes,
  valueAt,
} from '../algebra/linearAlgebra.ts';
import type { Features } from '../points/measureScale.ts';
import { dropShape, interpolationWeights, knotsOf, SHAPE_EXPONENTS } from '../points/sizeAxis.ts';

/** An estimate with the variance of its error. */
export interface Estimate {
  readonly value: number;
  readonly variance: number;
}

/** How one dataset's curve differs from the mean curve. */
export interface DatasetCurve {
  readonly dataset: string;
  readonly features: Features;
  /** Dice by which it lies above the mean curve, averaged over sizes. */
  readonly level: Estimate;
  /** Dice by which its drop from the widest to the narrowest network exceeds the mean drop. */
  readonly tilt: Estimate;
}

/**
 * Measured accuracy taken apart: dice(d, alpha) = mean(alpha) + level(d) - tilt(d) * shape(alpha) + error.
 * What complexity may explain is two numbers per dataset, which few datasets can bear; the curve's form is common.
 */
export interface CurveDecomposition {
  readonly meanAt: (log2Alpha: number) => number;
  /** Spans 1 from the widest to the narrowest calibrated network, and averages 0 over the knots. */
  readonly shapeAt: (log2Alpha: number) => number;
  readonly knots: readonly number[];
  readonly curves: readonly DatasetCurve[];
}

/** Ratio of error variance to level variance in the fit of the mean curve: .03² against .1², from method.md section 6. */
const LEVEL_SHRINKAGE = 0.1;
/** Same for the tilt, whose spread is about half as large. */
const TILT_SHRINKAGE = 0.3;
/** Variance given to what a dataset's sizes cannot determine, such as the tilt of a single point. */
const UNKNOWN = 1e6;
/** Error of one averaged point where too few points are left to estimate it. */
const TYPICAL_ERROR = 0.025;

/**
 * Decomposes measured accuracy; unbalanced designs (sizes missing for some datasets) are allowed.
 *
 * @param points at least one
 */
export function decomposeCurves(points: readonly CalibrationPoint[]): CurveDecomposition {
  const knots = knotsOf(points);
  const mean = fitMeanCurve(points, knots);
  const meanAt = (x: number): number => dot(interpolationWeights(knots, x), mean);
  const candidates = SHAPE_EXPONENTS.map((exponent) => {
    const shapeAt = centredShape(exponent, knots);
    return { shapeAt, squares: shrunkenSquares(points, meanAt, shapeAt) };
  });
  const best = candidates.reduce((a, b) => (b.squares < a.squares - 1e-12 ? b : a));
  return { meanAt, shapeAt: best.shapeAt, knots, curves: datasetCurves(points, meanAt, best.shapeAt) };
}

/** Least squares for one value per knot and one shrunken level per dataset. */
function fitMeanCurve(points: readonly CalibrationPoint[], knots: readonly number[]): number[] {
  const datasets = [...groupBy(points, (point) => point.dataset).keys()];
  const weights = points.map((point) => interpolationWeights(knots, point.log2Alpha));
  const design = matrix(points.length, knots.length + datasets.length, (row, column) =>
    column < knots.length
      ? valueAt(weights[row] ?? [], column)
      : Number(points[row]?.dataset === datasets[column - knots.length]),
  );
  const ridge = [...knots.map(() => 1e-9), ...datasets.map(() => LEVEL_SHRINKAGE)];
  const dice = points.map((point) => point.dice);
  return choleskySolve(cholesky(gram(design, ridge)), transposeTimes(design, dice)).slice(0, knots.length);
}

function centredShape(exponent: number, knots: readonly number[]): (log2Alpha: number) => number {
  const values = knots.map((knot) => dropShape(exponent, knot));
  const span = Math.max(...values) - Math.min(...values);
  // With a single size there is no drop to tell apart.
  if (span === 0) return () => 0;
  const centre = values.reduce((sum, value) => sum + value, 0) / values.length;
  return (log2Alpha) => (dropShape(exponent, log2Alpha) - centre) / span;
}

/** Sum of squares left when every dataset has its own shrunken level and tilt. */
function shrunkenSquares(
  points: readonly CalibrationPoint[],
  meanAt: (x: number) => number,
  shapeAt: (x: number) => number,
): number {
  let squares = 0;
  for (const own of groupBy(points, (point) => point.dataset).values()) {
    const design = matrix(own.length, 2, (row, column) =>
      column === 0 ? 1 : -shapeAt(own[row]?.log2Alpha ?? 0),
    );
    const residuals = own.map((point) => point.dice - meanAt(point.log2Alpha));
    const moments = transposeTimes(design, residuals);
    const solution = choleskySolve(cholesky(gram(design, [LEVEL_SHRINKAGE, TILT_SHRINKAGE])), moments);
    squares += dot(residuals, residuals) - dot(solution, moments);
  }
  return squares;
}

function datasetCurves(
  points: readonly CalibrationPoint[],
  meanAt: (x: number) => number,
  shapeAt: (x: number) => number,
): DatasetCurve[] {
  const fits = [...groupBy(points, (point) => point.dataset).values()].map((own) => ({
    own,
    fit: fitLine(
      own.map((point) => -shapeAt(point.log2Alpha)),
      own.map((point) => point.dice - meanAt(point.log2Alpha)),
    ),
  }));
  const freedom = fits.reduce((sum, { fit }) => sum + fit.freedom, 0);
  const squares = fits.reduce((sum, { fit }) => sum + fit.squares, 0);
  // Four pseudo-observations of the typical error keep the estimate sane when hardly any freedom is left.
  const error = (squares + 4 * TYPICAL_ERROR ** 2) / (freedom + 4);
  return fits.map(({ own: [{ dataset, features }], fit }) => ({
    dataset,
    features,
    level: { value: fit.intercept, variance: Math.min(UNKNOWN, error * fit.interceptVariance) },
    tilt: { value: fit.slope, variance: Math.min(UNKNOWN, error * fit.slopeVariance) },
  }));
}

/** Ordinary least squares of y on x; the slope is 0 with infinite variance when x does not vary. */
function fitLine(x: readonly number[], y: readonly number[]) {
  const n = x.length;
  const meanX = x.reduce((sum, value) => sum + value, 0) / n;
  const meanY = y.reduce((sum, value) => sum + value, 0) / n;
  const xx = x.reduce((sum, value) => sum + (value - meanX) ** 2, 0);
  const xy = x.reduce((sum, value, i) => sum + (value - meanX) * (valueAt(y, i) - meanY), 0);
  const varies = xx > 1e-9;
  const slope = varies ? xy / xx : 0;
  const intercept = meanY - slope * meanX;
  const squares = x.reduce((sum, value, i) => sum + (valueAt(y, i) - intercept - slope * value) ** 2, 0);
  return {
    slope,
    intercept,
    squares,
    freedom: Math.max(0, n - (varies ? 2 : 1)),
    slopeVariance: varies ? 1 / xx : Infinity,
    interceptVariance: 1 / n + (varies ? meanX ** 2 / xx : 0),
  };
}
