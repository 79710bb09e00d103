import { LIKELY, SURE } from './chances.ts';
import type { JointDice } from './prediction.ts';
import { ratioOfNormals } from './ratioOfNormals.ts';

/** The part of a candidate that a probe changes. */
export interface SizeChances {
  readonly predicted: number;
  readonly likely: number;
  readonly sure: number;
  readonly retained: number;
  readonly retainedLikely: number;
  readonly retainedSure: number;
}

/** Accuracy of one size and the chances of it, by its place in the joint prediction. */
export function sizeChances({ alphas, mean, covariance }: JointDice, size: number): SizeChances {
  const base = alphas.indexOf(1);
  const at = (i: number, j: number): number => covariance[i]?.[j] ?? 0;
  const predicted = mean[size] ?? 0;
  const deviation = Math.sqrt(Math.max(0, at(size, size)));
  const share =
    size === base
      ? { ratio: 1, deviation: 0 }
      : ratioOfNormals({
          mean: predicted,
          variance: at(size, size),
          reference: mean[base] ?? 0,
          referenceVariance: at(base, base),
          covariance: at(size, base),
        });
  const unit = (value: number): number => Math.min(1, Math.max(0, value));
  return {
    predicted: unit(predicted),
    likely: unit(predicted - LIKELY * deviation),
    sure: unit(predicted - SURE * deviation),
    retained: share.ratio,
    retainedLikely: Math.max(0, share.ratio - LIKELY * share.deviation),
    retainedSure: Math.max(0, share.ratio - SURE * share.deviation),
  };
}

/**
 * The joint prediction after a probe: gain = C / (V + probe variance) times the surprise moves every size, and what the probe tells is no longer
 * unknown.
 * @param size place of the probed size
 * @param surprise measured minus predicted Dice, in standard deviations of what such a probe may show
 */
export function afterProbe(joint: JointDice, size: number, surprise: number): JointDice {
  const { mean, covariance, probeVariance } = joint;
  const cross = covariance.map((row) => row[size] ?? 0);
  const variance = (cross[size] ?? 0) + probeVariance;
  if (!(variance > 0)) return joint;
  const moved = surprise / Math.sqrt(variance);
  return {
    ...joint,
    mean: mean.map((value, i) => value + (cross[i] ?? 0) * moved),
    covariance: covariance.map((row, i) =>
      row.map((value, j) => value - ((cross[i] ?? 0) * (cross[j] ?? 0)) / variance),
    ),
  };
}
