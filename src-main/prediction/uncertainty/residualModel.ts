import { valueAt } from '../algebra/linearAlgebra.ts';

/** What a predictor got wrong on one dataset that it had not seen: measured minus predicted Dice, by size. */
export interface ResidualCurve {
  readonly dataset: string;
  readonly log2Alphas: readonly number[];
  readonly residuals: readonly number[];
  /** Runs averaged in each measured point. */
  readonly seeds: readonly number[];
}

/**
 * How errors on an unseen dataset go together: it lies higher or lower as a whole (level), it drops faster or slower (tilt), and each
 * size has an error of its own (roughness and seed noise). This is what makes predicted retained accuracy surer than predicted
 * accuracy, and what lets a measured small network say something of a large one.
 */
export interface ResidualModel {
  /** Covariance of the errors at two sizes, without what is each measurement's own. */
  readonly shared: (log2AlphaA: number, log2AlphaB: number) => number;
  /** Variance of a measurement's own error when it is the mean of `seeds` runs. */
  readonly own: (seeds: number) => number;
  /** Degrees of freedom of the interval's Student quantile. */
  readonly freedom: number;
}

/** Log-normal beliefs about the three standard deviations, in Dice, before any residual is seen (method.md's pilot). */
const LEVEL = { median: 0.08, spread: 0.6, grid: geometric(0.01, 0.4, 10) };
const TILT = { median: 0.05, spread: 0.7, grid: geometric(0.006, 0.4, 9) };
const ROUGHNESS = { median: 0.012, spread: 0.7, grid: geometric(0.003, 0.08, 6) };

/** Degrees of freedom that the beliefs stand for: about two datasets. */
const PRIOR_FREEDOM = 2;

/**
 * Fits the three standard deviations by averaging over a grid with weights prior x likelihood. With no residual at all the beliefs
 * alone remain, so that one calibrated dataset gives a wide interval rather than none.
 *
 * @param curves leave-one-dataset-out residuals
 * @param shapeAt common form of the drop, spanning 1 over the calibrated sizes
 * @param seedVariance variance of one run's Dice over seeds
 */
export function fitResidualModel(
  curves: readonly ResidualCurve[],
  shapeAt: (log2Alpha: number) => number,
  seedVariance: number,
): ResidualModel {
  const grid = ROUGHNESS.grid.flatMap((roughness) => {
    const sums = curves.map((curve) => weightedSums(curve, shapeAt, roughness ** 2, seedVariance));
    return LEVEL.grid.flatMap((level) =>
      TILT.grid.map((tilt) => ({
        level,
        tilt,
        roughness,
        logWeight:
          logBelief(LEVEL, level) +
          logBelief(TILT, tilt) +
          logBelief(ROUGHNESS, roughness) +
          sums.reduce((sum, own) => sum + logLikelihood(own, level ** 2, tilt ** 2), 0),
      })),
    );
  });
  const best = Math.max(...grid.map(({ logWeight }) => logWeight));
  const weights = grid.map(({ logWeight }) => Math.exp(logWeight - best));
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  const meanSquare = (part: 'level' | 'tilt' | 'roughness'): number =>
    grid.reduce((sum, values, i) => sum + (valueAt(weights, i) / total) * values[part] ** 2, 0);
  const [level, tilt, roughness] = [meanSquare('level'), meanSquare('tilt'), meanSquare('roughness')];
  return {
    shared: (a, b) => level + tilt * shapeAt(a) * shapeAt(b),
    own: (seeds) => roughness + seedVariance / seeds,
    freedom: PRIOR_FREEDOM + curves.length,
  };
}

/** A residual curve's moments with each size weighted by the inverse of its own variance. */
interface WeightedSums {
  readonly count: number;
  readonly weight: number;
  readonly shape: number;
  readonly shapeSquare: number;
  readonly residual: number;
  readonly shapeResidual: number;
  readonly residualSquare: number;
  readonly logOwn: number;
}

function weightedSums(
  { log2Alphas, residuals, seeds }: ResidualCurve,
  shapeAt: (log2Alpha: number) => number,
  roughnessVariance: number,
  seedVariance: number,
): WeightedSums {
  const own = seeds.map((count) => roughnessVariance + seedVariance / count);
  const shapes = log2Alphas.map(shapeAt);
  const sum = (term: (i: number) => number): number => own.reduce((total, v, i) => total + term(i) / v, 0);
  return {
    count: own.length,
    weight: sum(() => 1),
    shape: sum((i) => valueAt(shapes, i)),
    shapeSquare: sum((i) => valueAt(shapes, i) ** 2),
    residual: sum((i) => valueAt(residuals, i)),
    shapeResidual: sum((i) => valueAt(shapes, i) * valueAt(residuals, i)),
    residualSquare: sum((i) => valueAt(residuals, i) ** 2),
    logOwn: own.reduce((total, v) => total + Math.log(v), 0),
  };
}

/**
 * log N(residuals; 0, D + level 1 1ᵀ + tilt s sᵀ) through the matrix inversion and determinant lemmas: the covariance has rank two
 * beyond its diagonal, so 2 x 2 systems suffice, and the grid costs the same however many sizes there are.
 */
function logLikelihood(sums: WeightedSums, level: number, tilt: number): number {
  const a = 1 / level + sums.weight;
  const b = sums.shape;
  const c = 1 / tilt + sums.shapeSquare;
  const determinant = a * c - b * b;
  const { residual: p, shapeResidual: q } = sums;
  const explained = (c * p * p - 2 * b * p * q + a * q * q) / determinant;
  const logDeterminant = sums.logOwn + Math.log(level * tilt * determinant);
  return -0.5 * (sums.residualSquare - explained + logDeterminant + sums.count * Math.log(2 * Math.PI));
}

function logBelief({ median, spread }: { median: number; spread: number }, value: number): number {
  return -0.5 * (Math.log(value / median) / spread) ** 2;
}

function geometric(from: number, to: number, steps: number): number[] {
  return Array.from({ length: steps }, (_, i) => from * (to / from) ** (i / (steps - 1)));
}
