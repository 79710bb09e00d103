import type { NetworkCost } from '#common/network/network.ts';
import type { Candidate } from '#common/prediction/prediction.ts';
import type { AccuracyPrediction } from './predictFromCurves.ts';

/** What one network costs; latency null where it was not measured. */
export type CandidateCost = Omit<NetworkCost, 'parameters'> & {
  /** Size of the exported file. */
  readonly fileBytes: number;
  readonly latencyMs: number | null;
};

/** Joins predicted accuracy with cost, one candidate per predicted point. */
export function candidates(
  prediction: AccuracyPrediction,
  costOf: (alpha: number) => CandidateCost,
): Candidate[] {
  return prediction.points.map((point, i) => {
    const { macs, activationBytes, fileBytes, latencyMs } = costOf(point.alpha);
    const { retained, likely, sure, low, high } = prediction.retained[i] ?? {
      retained: 0,
      likely: 0,
      low: 0,
      high: 0,
    };
    const share = {
      retained,
      retainedLikely: likely,
      retainedSure: sure,
      retainedLow: low,
      retainedHigh: high,
    };
    return { ...point, macs, activationBytes, fileBytes, latencyMs, ...share };
  });
}
