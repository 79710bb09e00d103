import type { CalibrationRun } from '#common/calibration/calibrationRun.ts';
import { runRejection, type RunSelection } from '#common/calibration/selectRuns.ts';
import type { FactsOf } from '#common/failures/failures.ts';
import { FAMILY_WORDS } from '#common/network/familyWords.ts';

type Rejection = FactsOf<'not-calibrated'>['rejected'][number];

/** Counts why stored runs did not enter a fit, each run under its first reason. */
export function countRejections(
  runs: readonly CalibrationRun[],
  selection: RunSelection,
): readonly Rejection[] {
  const rejection = runRejection(selection);
  const rejected = runs.flatMap((run) => {
    const why = rejection(run);
    if (why === null) return [];
    return [{ why, family: why === 'other-family' ? FAMILY_WORDS[run.network.family].plain : null }];
  });
  const alike = Map.groupBy(rejected, ({ why, family }) => `${why} ${family ?? ''}`);
  return [...alike.values()].flatMap((group) =>
    group.slice(0, 1).map((one) => ({ ...one, runs: group.length })),
  );
}
