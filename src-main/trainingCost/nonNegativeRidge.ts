/** A weighted equation sum_j row[j] x_j = target. */
export interface Equation {
  readonly row: readonly number[];
  readonly target: number;
  /** 0 or more. */
  readonly weight: number;
}

const SWEEPS = 5000;
const TOLERANCE = 1e-10;

/**
 * The x >= 0 that minimises sum_i weight_i (row_i x - target_i)^2 + ridge sum_j (x_j - 1)^2: least squares with a pull
 * of each unknown towards 1. Coordinate descent on the normal equations, which finds the only minimum since a ridge
 * above 0 makes the problem strictly convex.
 */
export function nonNegativeRidge(equations: readonly Equation[], unknowns: number, ridge: number): number[] {
  const indices = Array.from({ length: unknowns }, (_, j) => j);
  const sum = (term: (equation: Equation) => number): number =>
    equations.reduce((all, equation) => all + equation.weight * term(equation), 0);
  const normal = indices.map((j) =>
    indices.map((k) => sum(({ row }) => (row[j] ?? 0) * (row[k] ?? 0)) + (j === k ? ridge : 0)),
  );
  const right = indices.map((j) => sum(({ row, target }) => (row[j] ?? 0) * target) + ridge);
  const x = indices.map(() => 1);
  for (let sweep = 0; sweep < SWEEPS; sweep++) {
    let moved = 0;
    for (const j of indices) {
      const before = x[j] ?? 0;
      const product = indices.reduce((all, k) => all + (normal[j]?.[k] ?? 0) * (x[k] ?? 0), 0);
      const after = Math.max(0, before + ((right[j] ?? 0) - product) / (normal[j]?.[j] ?? ridge));
      x[j] = after;
      moved = Math.max(moved, Math.abs(after - before));
    }
    if (moved < TOLERANCE) break;
  }
  return x;
}
