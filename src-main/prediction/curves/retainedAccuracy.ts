import { at, valueAt } from '../algebra/linearAlgebra.ts';
import type { JointDice } from './predictCurve.ts';

/** Predicted share Dice(size) / Dice(reference). */
export interface Retained {
  /** 0 or more. */
  readonly retained: number;
  /** Standard deviation of the share itself. */
  readonly deviation: number;
  /** Standard deviation of the share that two runs would show, one of each size. */
  readonly measuredDeviation: number;
}

/** Dice below which a reference network is taken to be, so that the ratio stays defined. */
const LEAST_REFERENCE = 0.05;

/**
 * Ratio of two correlated predictions by the delta method: with R the ratio of the means, the variance is
 * (V(a) - 2 R C(a, 1) + R² V(1)) / mean(1)². The level, of which little is known, is common to both and largely cancels; that
 * is why this interval is narrower than the one of absolute Dice.
 *
 * @param size index of the size in the joint prediction
 * @param reference index of the reference network in it
 */
export function retainedAccuracy(joint: JointDice, size: number, reference: number): Retained {
  const { mean, covariance, runVariance } = joint;
  // By definition, whatever is unknown of its accuracy.
  if (size === reference) return { retained: 1, deviation: 0, measuredDeviation: 0 };
  const base = Math.max(LEAST_REFERENCE, valueAt(mean, reference));
  const ratio = Math.max(0, valueAt(mean, size) / base);
  const variance =
    at(covariance, size, size) -
    2 * ratio * at(covariance, size, reference) +
    ratio ** 2 * at(covariance, reference, reference);
  const measured = variance + (1 + ratio ** 2) * runVariance;
  return {
    retained: ratio,
    deviation: Math.sqrt(Math.max(0, variance)) / base,
    measuredDeviation: Math.sqrt(Math.max(0, measured)) / base,
  };
}
