import type { Candidate } from './prediction.ts';

/** The candidates among which is chosen: those that were asked about. */
export function offeredCandidates(candidates: readonly Candidate[]): Candidate[] {
  return candidates.filter((candidate) => candidate.offered !== false);
}
