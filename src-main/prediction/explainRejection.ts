import type { CalibrationRun } from '#common/calibration/calibrationRun.ts';
import type { CalibrationSelection } from './points/calibrationPoints.ts';

/** Says why stored runs did not enter a fit: "4 runs of other networks", each run under its first reason. */
export function explainRejection(runs: readonly CalibrationRun[], selection: CalibrationSelection): string[] {
  const reasons = new Map<string, number>();
  for (const run of runs) {
    const reason = reasonOf(run, selection);
    reasons.set(reason, (reasons.get(reason) ?? 0) + 1);
  }
  return [...reasons].map(([reason, count]) => `${count} ${count === 1 ? 'run' : 'runs'} ${reason}`);
}

function reasonOf(run: CalibrationRun, selection: CalibrationSelection): string {
  if (run.datasetFingerprint === selection.except) return 'of this dataset itself';
  if (run.network.family !== selection.family) return `of ${run.network.family}`;
  if (run.network.width !== selection.width) return `of base width ${run.network.width}`;
  if (run.complexityRecipe !== selection.complexityRecipe)
    return `with complexity recipe ${run.complexityRecipe}`;
  if (run.excluded !== null) return 'excluded by hand';
  if (!run.learnt) return 'that did not learn';
  return 'trained by another recipe';
}
