import {
  cholesky,
  choleskySolve,
  dot,
  forwardSolve,
  gram,
  matrix,
  transposeTimes,
  valueAt,
  type Matrix,
} from './linearAlgebra.ts';

/** One regression target: rows of standardised features and the value to explain. */
export interface RidgeTask {
  readonly rows: readonly (readonly number[])[];
  readonly values: readonly number[];
}

/** Penalties tried, in datasets' worth of evidence for the mean. */
const PENALTIES = [1, 3, 10, 30] as const;
/** Part of the mean's leave-one-out error that a regression must save; less is chance with a handful of datasets. */
const LEAST_SAVING = 0.1;

/**
 * Ridge regression with an unpenalised intercept; an infinite penalty leaves the mean.
 * @returns the prediction for a row of features
 */
export function fitRidge(task: RidgeTask, penalty: number): (row: readonly number[]) => number {
  if (penalty === Infinity || task.rows[0]?.length === 0) {
    const mean = task.values.reduce((sum, value) => sum + value, 0) / task.values.length;
    return () => mean;
  }
  const design = withIntercept(task.rows);
  const coefficients = choleskySolve(penalisedGram(design, penalty), transposeTimes(design, task.values));
  return (row) => dot(coefficients, [1, ...row]);
}

/**
 * The penalty with the least leave-one-out error over all tasks together, or Infinity unless it saves a tenth of the mean's. The
 * leave-one-out residual is e / (1 - h) with h the leverage (Allen's PRESS), so nothing is refitted.
 */
export function choosePenalty(tasks: readonly RidgeTask[]): number {
  const errorOf = (penalty: number): number =>
    tasks.reduce((sum, task) => sum + leaveOneOutSquares(task, penalty), 0);
  const tried = PENALTIES.map((penalty) => ({ penalty, error: errorOf(penalty) }));
  const best = tried.reduce((a, b) => (b.error < a.error ? b : a));
  return best.error < (1 - LEAST_SAVING) * errorOf(Infinity) ? best.penalty : Infinity;
}

/** Sum of squared leave-one-out residuals; 0 for a single row, which nothing can be said of. */
export function leaveOneOutSquares(task: RidgeTask, penalty: number): number {
  const n = task.rows.length;
  if (n < 2) return 0;
  const predict = fitRidge(task, penalty);
  const design = withIntercept(task.rows);
  const factor = penalty === Infinity ? null : penalisedGram(design, penalty);
  return task.rows.reduce((sum, row, i) => {
    const white = factor === null ? [] : forwardSolve(factor, [1, ...row]);
    const leverage = factor === null ? 1 / n : dot(white, white);
    return sum + ((valueAt(task.values, i) - predict(row)) / Math.max(1e-6, 1 - leverage)) ** 2;
  }, 0);
}

function withIntercept(rows: readonly (readonly number[])[]): Matrix {
  return matrix(rows.length, (rows[0]?.length ?? 0) + 1, (i, j) =>
    j === 0 ? 1 : valueAt(rows[i] ?? [], j - 1),
  );
}

/** Cholesky factor of Xᵀ X + penalty, intercept unpenalised. */
function penalisedGram(design: Matrix, penalty: number): Matrix {
  const ridge = Array.from({ length: design.columns }, (_, column) => (column === 0 ? 0 : penalty));
  return cholesky(gram(design, ridge));
}
