import type { CalibrationRun } from '#common/calibration/calibrationRun.ts';
import type { CurvePoint } from '#contract/jobs/predictKind.ts';

/** Mean of `dice` over the seeds of every size, the smallest first. Networks that have not learnt are left out. */
export function measuredCurve(
  runs: readonly CalibrationRun[],
  dice: (run: CalibrationRun) => number = (run) => run.testDice,
): (CurvePoint & { readonly seeds: number })[] {
  const usable = runs.filter(
    (run) => run.learnt && run.excluded === null && typeof run.network.factor === 'number',
  );
  const bySize = Map.groupBy(usable, (run) => run.network.factor as number);
  return [...bySize]
    .map(([alpha, same]) => ({
      alpha,
      parameters: same[0]?.parameters ?? 0,
      dice: same.reduce((sum, run) => sum + dice(run), 0) / same.length,
      seeds: same.length,
    }))
    .sort((a, b) => a.parameters - b.parameters);
}

/** The measured curve of every dataset among the runs. */
export function measuredCurves(runs: readonly CalibrationRun[]): { dataset: string; points: CurvePoint[] }[] {
  return [...Map.groupBy(runs, (run) => run.datasetFingerprint).values()]
    .map((same) => ({ dataset: same[0]?.datasetName ?? '', points: measuredCurve(same) }))
    .filter(({ points }) => points.length > 0);
}
