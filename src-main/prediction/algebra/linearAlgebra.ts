/** A dense matrix, row by row. Small (tens of rows) and symmetric wherever it is factorised here. */
export interface Matrix {
  readonly rows: number;
  readonly columns: number;
  readonly data: Float64Array;
}

/** Element `index` of a numeric array. @throws RangeError when there is none. */
export function valueAt(values: ArrayLike<number>, index: number): number {
  const value = values[index];
  if (value === undefined) throw new RangeError(`Index ${index} is outside 0 to ${values.length - 1}.`);
  return value;
}

/** A rows x columns matrix with `entry(row, column)` in each place. */
export function matrix(
  rows: number,
  columns: number,
  entry: (row: number, column: number) => number,
): Matrix {
  const data = new Float64Array(rows * columns);
  for (let i = 0; i < rows; i++) for (let j = 0; j < columns; j++) data[i * columns + j] = entry(i, j);
  return { rows, columns, data };
}

export function at(m: Matrix, row: number, column: number): number {
  return valueAt(m.data, row * m.columns + column);
}

/** Inner product of two vectors of equal length. */
export function dot(a: ArrayLike<number>, b: ArrayLike<number>): number {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += valueAt(a, i) * valueAt(b, i);
  return sum;
}

/** Xᵀ X + diag(ridge), for the normal equations of least squares. */
export function gram(x: Matrix, ridge: ArrayLike<number>): Matrix {
  return matrix(x.columns, x.columns, (i, j) => {
    let sum = i === j ? valueAt(ridge, i) : 0;
    for (let row = 0; row < x.rows; row++) sum += at(x, row, i) * at(x, row, j);
    return sum;
  });
}

/** Xᵀ y. */
export function transposeTimes(x: Matrix, y: ArrayLike<number>): number[] {
  return Array.from({ length: x.columns }, (_, column) => {
    let sum = 0;
    for (let row = 0; row < x.rows; row++) sum += at(x, row, column) * valueAt(y, row);
    return sum;
  });
}

/**
 * Lower triangular L with L Lᵀ = `m`.
 * @throws RangeError when `m` is not positive definite.
 */
export function cholesky(m: Matrix): Matrix {
  const n = m.rows;
  const l = new Float64Array(n * n);
  for (let i = 0; i < n; i++) {
    for (let j = 0; j <= i; j++) {
      let sum = at(m, i, j);
      for (let k = 0; k < j; k++) sum -= valueAt(l, i * n + k) * valueAt(l, j * n + k);
      if (i === j && !(sum > 0)) throw new RangeError(`The matrix is not positive definite (row ${i}).`);
      l[i * n + j] = i === j ? Math.sqrt(sum) : sum / valueAt(l, j * n + j);
    }
  }
  return { rows: n, columns: n, data: l };
}

/** x with L x = b. */
export function forwardSolve(l: Matrix, b: ArrayLike<number>): number[] {
  const x: number[] = [];
  for (let i = 0; i < l.rows; i++) {
    let sum = valueAt(b, i);
    for (let k = 0; k < i; k++) sum -= at(l, i, k) * valueAt(x, k);
    x.push(sum / at(l, i, i));
  }
  return x;
}

/** x with L Lᵀ x = b. */
export function choleskySolve(l: Matrix, b: ArrayLike<number>): number[] {
  const x = forwardSolve(l, b);
  for (let i = l.rows - 1; i >= 0; i--) {
    let sum = valueAt(x, i);
    for (let k = i + 1; k < l.rows; k++) sum -= at(l, k, i) * valueAt(x, k);
    x[i] = sum / at(l, i, i);
  }
  return x;
}
