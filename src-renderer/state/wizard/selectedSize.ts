import type { NetworkAnswer } from '#common/prediction/chooseNetwork.ts';
import { limitChecks, type LimitName } from '#common/prediction/limitCheck.ts';
import { offeredCandidates } from '#common/prediction/offeredCandidates.ts';
import type { Candidate, Limits } from '#common/prediction/prediction.ts';

/** The size that would be trained. */
export interface SelectedSize {
  readonly candidate: Candidate;
  /** Whether the user took it instead of the one that goal and limits choose. */
  readonly picked: boolean;
  /** Limits that it is predicted to miss; only a picked one does. */
  readonly misses: readonly LimitName[];
}

/** The picked size where it is on offer, else the chosen one; null where nothing is chosen. */
export function selectedSize(
  candidates: readonly Candidate[],
  choice: NetworkAnswer,
  { picked, limits }: { readonly picked: number | null; readonly limits: Limits },
): SelectedSize | null {
  const chosen = choice.kind === 'chosen' ? choice.candidate : null;
  const taken = offeredCandidates(candidates).find(({ alpha }) => alpha === picked);
  if (taken && taken.alpha !== chosen?.alpha) {
    // What has not been measured is not said to be missed.
    const checks = limitChecks(limits).filter(
      ({ name }) => name !== 'maxLatencyMs' || taken.latencyMs !== null,
    );
    const misses = checks.filter((check) => !check.met(taken)).map(({ name }) => name);
    return { candidate: taken, picked: true, misses };
  }
  return chosen && { candidate: chosen, picked: false, misses: [] };
}
