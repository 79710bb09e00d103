import { valueAt } from '../algebra/linearAlgebra.ts';

/** A size at which accuracy is asked or was measured. */
export interface NetworkSize {
  /** log2 of the (effective) multiplicative factor; 0 is the base network. */
  readonly log2Alpha: number;
  readonly log2Parameters: number;
}

/**
 * The sizes that carry a mean curve: those measured on at least two datasets, so that no stretch of the curve hangs
 * on one dataset, or all of them where no two datasets share a size. Ascending (narrowest first).
 */
export function knotsOf(points: readonly { dataset: string; log2Alpha: number }[]): number[] {
  const datasets = new Map<number, Set<string>>();
  for (const { dataset, log2Alpha } of points) {
    const size = Math.round(log2Alpha * 1e6) / 1e6;
    datasets.set(size, (datasets.get(size) ?? new Set()).add(dataset));
  }
  const shared = [...datasets].filter(([, at]) => at.size > 1).map(([size]) => size);
  return (shared.length > 0 ? shared : [...datasets.keys()]).sort((a, b) => a - b);
}

/**
 * Weights with which a piecewise linear curve through `knots` is read at `x`: two neighbours inside, the last two,
 * extrapolating, outside. They sum to 1.
 */
export function interpolationWeights(knots: readonly number[], x: number): number[] {
  const weights = knots.map(() => 0);
  if (knots.length === 1) return [1];
  let right = knots.findIndex((knot) => knot >= x);
  if (right === -1) right = knots.length - 1;
  right = Math.max(right, 1);
  const from = valueAt(knots, right - 1);
  const share = (x - from) / (valueAt(knots, right) - from);
  weights[right - 1] = 1 - share;
  weights[right] = share;
  return weights;
}

/** Exponents of the drop's shape that are tried; 0 is a drop linear in log2 alpha. */
export const SHAPE_EXPONENTS = [0, 0.25, 0.5, 0.75, 1] as const;

/** (alpha^-b - 1) / b, the shape of method.md's shared law; its limit -ln(alpha) at b = 0. Zero for the base network. */
export function dropShape(exponent: number, log2Alpha: number): number {
  return exponent === 0 ? -log2Alpha * Math.LN2 : (2 ** (-exponent * log2Alpha) - 1) / exponent;
}
