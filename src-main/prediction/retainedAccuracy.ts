import type { JointDice } from './uncertainty/fitDiceModel.ts';
import { at, valueAt } from './algebra/linearAlgebra.ts';

/** Predicted retained accuracy Dice(alpha) / Dice(1) of one size, 0 or more; `high` may exceed 1. */
export interface RetainedPoint {
  readonly alpha: number;
  readonly retained: number;
  readonly low: number;
  readonly high: number;
}

/** Dice below which a base network is taken to be, so that the ratio stays defined. */
const LEAST_BASE = 0.05;

/**
 * Ratio of two correlated predictions by the delta method: with R the ratio of the means, the variance is
 * (V(a) - 2 R C(a, 1) + R² V(1)) / mean(1)². The level, of which little is known, is common to both and largely cancels; that
 * is why this interval is narrower than the one of absolute Dice.
 *
 * @param size index of the size in the joint prediction
 * @param base index of the base network in it
 * @param reach half width of the interval in standard deviations
 */
export function retainedAccuracy(
  alpha: number,
  { mean, covariance }: JointDice,
  size: number,
  base: number,
  reach: number,
): RetainedPoint {
  // By definition, whatever is unknown of its accuracy.
  if (alpha === 1) return { alpha, retained: 1, low: 1, high: 1 };
  const reference = Math.max(LEAST_BASE, valueAt(mean, base));
  const ratio = Math.max(0, valueAt(mean, size) / reference);
  const variance =
    at(covariance, size, size) -
    2 * ratio * at(covariance, size, base) +
    ratio ** 2 * at(covariance, base, base);
  const half = (reach * Math.sqrt(Math.max(0, variance))) / reference;
  return { alpha, retained: ratio, low: Math.max(0, ratio - half), high: ratio + half };
}
