import { describe, expect, it } from 'vitest';
import {
  cholesky,
  choleskySolve,
  logNormalDensity,
  matrix,
} from '../../src-main/prediction/algebra/linearAlgebra.ts';
import { readReference } from './readReference.ts';

const rows = [
  [4, 1, 0.5],
  [1, 3, 0.2],
  [0.5, 0.2, 2],
];
const right = [1, -2, 0.5];

describe('linear algebra', () => {
  const factor = cholesky(matrix(3, 3, (i, j) => rows[i]?.[j] ?? NaN));

  it('solves a symmetric system as numpy does', () => {
    const solution = choleskySolve(factor, right);
    readReference().solve.forEach((value, i) => expect(solution[i]).toBeCloseTo(value, 12));
  });

  it('has the log density of scipy.stats.multivariate_normal', () => {
    expect(logNormalDensity(factor, right)).toBeCloseTo(readReference().logDensity, 12);
  });

  it('refuses a matrix that is not positive definite', () => {
    expect(() => cholesky(matrix(2, 2, () => 1))).toThrow(/not positive definite/);
  });
});
