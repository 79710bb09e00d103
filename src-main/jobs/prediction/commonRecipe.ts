import type { CalibrationRun } from '#common/calibration/calibrationRun.ts';
import { canonicalJson } from '#common/canonicalJson.ts';
import type { TrainingRecipe } from '#common/training/training.ts';

/**
 * The training recipe under which most datasets were calibrated (of equals, the one with most runs): accuracies of different
 * recipes are different quantities and must not be fitted together.
 * @returns the recipe, and how many runs of `runs` were trained in another way; undefined without runs
 */
export function commonRecipe(
  runs: readonly CalibrationRun[],
): { recipe: TrainingRecipe; others: number } | undefined {
  const groups = Map.groupBy(runs, (run) => canonicalJson(run.recipe));
  const datasets = (group: readonly CalibrationRun[]): number =>
    new Set(group.map((run) => run.datasetFingerprint)).size;
  const [best] = [...groups.values()].sort((a, b) => datasets(b) - datasets(a) || b.length - a.length);
  return best?.[0] && { recipe: best[0].recipe, others: runs.length - best.length };
}
