/**
 * Inverse of a small symmetric positive definite matrix, by Gauss-Jordan elimination without pivoting, which such matrices do not need.
 *
 * @param m n x n, row by row; not changed
 * @throws RangeError when it is not positive definite
 */
export function invertSymmetric(m: ArrayLike<number>, n: number): Float64Array {
  const a = Float64Array.from(m);
  for (let pivot = 0; pivot < n; pivot++) {
    const diagonal = a[pivot * n + pivot] as number;
    if (!(diagonal > 0)) throw new RangeError(`The matrix is not positive definite (row ${pivot}).`);
    a[pivot * n + pivot] = 1;
    for (let j = 0; j < n; j++) a[pivot * n + j] = (a[pivot * n + j] as number) / diagonal;
    for (let i = 0; i < n; i++) {
      if (i === pivot) continue;
      const factor = a[i * n + pivot] as number;
      a[i * n + pivot] = 0;
      for (let j = 0; j < n; j++)
        a[i * n + j] = (a[i * n + j] as number) - factor * (a[pivot * n + j] as number);
    }
  }
  return a;
}
