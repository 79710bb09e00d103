import { ratioOfNormals } from '#common/prediction/ratioOfNormals.ts';
import { at, valueAt } from '../algebra/linearAlgebra.ts';
import type { JointDice } from './predictCurve.ts';

/** Predicted share Dice(size) / Dice(reference). */
export interface Retained {
  /** 0 or more. */
  readonly retained: number;
  /** Standard deviation of the share itself. */
  readonly deviation: number;
  /** Standard deviation of the share that runs would show: one of each size, or as many as are averaged. */
  readonly measuredDeviation: number;
}

/**
 * Ratio of two correlated predictions. The level, of which little is known, is common to both and largely cancels; that
 * is why this interval is narrower than the one of absolute Dice.
 *
 * @param size index of the size in the joint prediction
 * @param reference index of the reference network in it
 * @param runs of each of them that are averaged into a measured share
 */
export function retainedAccuracy(
  joint: Pick<JointDice, 'mean' | 'covariance' | 'runVariance'>,
  size: number,
  reference: number,
  runs: { readonly size: number; readonly reference: number } = { size: 1, reference: 1 },
): Retained {
  const { mean, covariance, runVariance } = joint;
  // By definition, whatever is unknown of its accuracy.
  if (size === reference) return { retained: 1, deviation: 0, measuredDeviation: 0 };
  const share = (noise: number) =>
    ratioOfNormals({
      mean: valueAt(mean, size),
      variance: at(covariance, size, size) + noise / runs.size,
      reference: valueAt(mean, reference),
      referenceVariance: at(covariance, reference, reference) + noise / runs.reference,
      covariance: at(covariance, size, reference),
    });
  const { ratio, deviation } = share(0);
  return { retained: ratio, deviation, measuredDeviation: share(runVariance).deviation };
}
