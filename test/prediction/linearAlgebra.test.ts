import { describe, expect, it } from 'vitest';
import { invertSymmetric } from '../../src-main/prediction/algebra/invertSymmetric.ts';
import { cholesky, choleskySolve, matrix } from '../../src-main/prediction/algebra/linearAlgebra.ts';

const rows = [
  [4, 1, 0.5],
  [1, 3, 0.2],
  [0.5, 0.2, 2],
];

describe('linear algebra', () => {
  it('solves a symmetric system as numpy.linalg.solve does', () => {
    const factor = cholesky(matrix(3, 3, (i, j) => rows[i]?.[j] ?? NaN));
    const solution = choleskySolve(factor, [1, -2, 0.5]);
    const expected = [0.4279004227336778, -0.8243306716768436, 0.22545796148426492];
    expected.forEach((value, i) => expect(solution[i]).toBeCloseTo(value, 12));
  });

  it('inverts a symmetric matrix: times itself it is the identity', () => {
    const inverse = invertSymmetric(rows.flat(), 3);
    for (let i = 0; i < 3; i++)
      for (let j = 0; j < 3; j++) {
        const product = [0, 1, 2].reduce(
          (sum, k) => sum + (rows[i]?.[k] ?? NaN) * (inverse[k * 3 + j] ?? NaN),
          0,
        );
        expect(product).toBeCloseTo(i === j ? 1 : 0, 12);
      }
  });

  it.each([
    ['Cholesky factor', () => cholesky(matrix(2, 2, () => 1))],
    ['inverse', () => invertSymmetric([1, 1, 1, 1], 2)],
  ])('refuses the %s of a matrix that is not positive definite', (_what, work) => {
    expect(work).toThrow(/not positive definite/);
  });
});
