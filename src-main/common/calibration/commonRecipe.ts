import { canonicalJson } from '../canonicalJson.ts';
import type { TrainingRecipe } from '../training/training.ts';
import type { CalibrationRun } from './calibrationRun.ts';

/** From so many datasets on the error of a prediction can be told (prediction/validation/validatePredictor). */
const ENOUGH = 3;

/**
 * The training recipe under which most datasets were calibrated (of equals, the one with most runs): accuracies of different
 * recipes are different quantities and must not be fitted together. Recipes at the working resolution that is asked about come first, because at
 * another one a network sees other images, but only where three datasets, or as many as any other has, were calibrated by them: fewer say less than many do.
 * @returns undefined without runs
 */
export function commonRecipe(
  runs: readonly Pick<CalibrationRun, 'recipe' | 'datasetFingerprint'>[],
  workingSide?: number,
): TrainingRecipe | undefined {
  const groups = Map.groupBy(runs, (run) => canonicalJson(run.recipe));
  const datasets = (group: typeof runs): number => new Set(group.map((run) => run.datasetFingerprint)).size;
  const enough = Math.min(ENOUGH, Math.max(0, ...[...groups.values()].map(datasets)));
  const fits = (group: typeof runs): number =>
    Number(group[0]?.recipe.workingSide === workingSide && datasets(group) >= enough);
  const [best] = [...groups.values()].sort(
    (a, b) => fits(b) - fits(a) || datasets(b) - datasets(a) || b.length - a.length,
  );
  return best?.[0]?.recipe;
}
