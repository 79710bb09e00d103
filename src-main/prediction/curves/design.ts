import {
  cholesky,
  choleskySolve,
  dot,
  gram,
  matrix,
  transposeTimes,
  valueAt,
} from '../algebra/linearAlgebra.ts';
import { standardise } from '../algebra/standardise.ts';
import type { Feature, Features } from '../points/measureScale.ts';

/** A constant and standardised features: what a coefficient of the curve may depend on. */
export interface Design {
  /** 1 + features that differ between the datasets. */
  readonly length: number;
  /** The row of the dataset with that index in the fit. */
  row(index: number): readonly number[];
  /** The row of any dataset. */
  rowOf(features: Features): number[];
  /** Ridge regression of one value per dataset. */
  solve(values: readonly number[]): number[];
  /** rowᵀ (XᵀX + ridge)⁻¹ row: by how much the coefficients' own uncertainty adds to a new dataset's variance. */
  leverage(row: readonly number[]): number;
}

/** Penalty of a standardised feature's weight, in datasets; the constant is free. */
const RIDGE = 1;
const FREE = 1e-6;

/** @param curves all have the features */
export function designOf(
  curves: readonly { readonly features: Features }[],
  features: readonly Feature[],
): Design {
  const standard = standardise(
    curves.map((curve) => curve.features),
    features,
  );
  const rowOf = (of: Features): number[] => [1, ...standard.map((feature) => feature.of(of))];
  const rows = curves.map((curve) => rowOf(curve.features));
  const length = standard.length + 1;
  const x = matrix(rows.length, length, (i, j) => valueAt(rows[i] ?? [], j));
  const factor = cholesky(
    gram(
      x,
      Array.from({ length }, (_, i) => (i === 0 ? FREE : RIDGE)),
    ),
  );
  return {
    length,
    row: (index) => rows[index] ?? [],
    rowOf,
    solve: (values) => choleskySolve(factor, transposeTimes(x, values)),
    leverage: (row) => dot(row, choleskySolve(factor, row)),
  };
}
