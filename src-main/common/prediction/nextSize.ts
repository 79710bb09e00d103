import { formatCount, formatDuration } from '../format.ts';
import { formatFactor } from '../network/formatFactor.ts';
import { offeredCandidates } from './offeredCandidates.ts';
import type { Candidate } from './prediction.ts';
import { judgePrediction } from './verdict.ts';

/**
 * The size to try after a measured accuracy missed its interval: the next smaller one where it lies above, the next larger where below.
 * @returns null where the prediction was not missed, or there is no such size
 */
export function nextSize(
  candidates: readonly Candidate[],
  alpha: number,
  predicted: { readonly low: number; readonly high: number },
  measured: number,
): Candidate | null {
  const verdict = judgePrediction(predicted, measured);
  const sorted = offeredCandidates(candidates).sort((a, b) => a.alpha - b.alpha);
  if (verdict === 'better') return sorted.findLast((candidate) => candidate.alpha < alpha) ?? null;
  if (verdict === 'worse') return sorted.find((candidate) => candidate.alpha > alpha) ?? null;
  return null;
}

/** That size in one sentence. */
export function nextSizeWords({ alpha, parameters, forecast }: Candidate): string {
  const takes = forecast ? `, about ${formatDuration(forecast.seconds)} of training here` : '';
  return `The next one is factor ${formatFactor(alpha)}: ${formatCount(parameters)} parameters${takes}.`;
}
