import { canonicalJson } from '../canonicalJson.ts';
import type { TrainingRecipe } from '../training/training.ts';
import type { CalibrationRun } from './calibrationRun.ts';

/**
 * The training recipe under which most datasets were calibrated (of equals, the one with most runs): accuracies of different
 * recipes are different quantities and must not be fitted together. Recipes at the working resolution that is asked about come first: at another
 * one a network sees other images.
 * @returns undefined without runs
 */
export function commonRecipe(
  runs: readonly Pick<CalibrationRun, 'recipe' | 'datasetFingerprint'>[],
  workingSide?: number,
): TrainingRecipe | undefined {
  const groups = Map.groupBy(runs, (run) => canonicalJson(run.recipe));
  const datasets = (group: typeof runs): number => new Set(group.map((run) => run.datasetFingerprint)).size;
  const fits = ([first]: typeof runs): number => Number(first?.recipe.workingSide === workingSide);
  const [best] = [...groups.values()].sort(
    (a, b) => fits(b) - fits(a) || datasets(b) - datasets(a) || b.length - a.length,
  );
  return best?.[0]?.recipe;
}
