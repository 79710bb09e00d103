import type { CalibrationRun } from '#common/calibration/calibrationRun.ts';
import { runRejection, type RunRejection, type RunSelection } from '#common/calibration/selectRuns.ts';

/** Says why stored runs did not enter a fit: "4 runs of fcn8s", each run under its first reason. */
export function explainRejection(runs: readonly CalibrationRun[], selection: RunSelection): string[] {
  const rejection = runRejection(selection);
  const reasons = new Map<string, number>();
  for (const run of runs) {
    const rejected = rejection(run);
    if (rejected === null) continue;
    const reason = REASONS[rejected](run);
    reasons.set(reason, (reasons.get(reason) ?? 0) + 1);
  }
  return [...reasons].map(([reason, count]) => `${count} ${count === 1 ? 'run' : 'runs'} ${reason}`);
}

const REASONS: Readonly<Record<RunRejection, (run: CalibrationRun) => string>> = {
  'same-dataset': () => 'of this dataset itself',
  'other-family': (run) => `of ${run.network.family}`,
  'layer-wise': () => 'whose factor differs from layer to layer',
  excluded: () => 'excluded by hand',
  'not-learnt': () => 'that did not learn',
  'other-training-recipe': () => 'trained by another recipe',
};
