import type { CalibrationRun } from '#common/calibration/calibrationRun.ts';
import { canonicalJson } from '#common/canonicalJson.ts';
import type { CurvePoint } from '#contract/jobs/predictKind.ts';
import type { NetworkFamily } from '#common/network/network.ts';
import type { TrainingRecipe } from '#common/training/training.ts';

/** The measured accuracy of one dataset over network size. */
export interface MeasuredCurve {
  readonly fingerprint: string;
  readonly dataset: string;
  readonly points: readonly CurvePoint[];
}

/** Runs that may enter a fit for one base network: learnt, not excluded, one factor for the whole network. */
export function usableRuns(
  runs: readonly CalibrationRun[],
  family: NetworkFamily,
  width: number,
): CalibrationRun[] {
  return runs.filter(
    ({ network, learnt, excluded }) =>
      learnt &&
      excluded === null &&
      network.family === family &&
      network.width === width &&
      typeof network.factor === 'number',
  );
}

/** Mean test Dice over seeds, one curve per dataset, smallest network first. */
export function calibrationCurves(runs: readonly CalibrationRun[]): MeasuredCurve[] {
  return [...Map.groupBy(runs, (run) => run.datasetFingerprint)].map(([fingerprint, own]) => ({
    fingerprint,
    dataset: own[0]?.datasetName ?? '',
    points: [...Map.groupBy(own, (run) => run.network.factor as number)]
      .map(([alpha, seeds]) => ({
        alpha,
        parameters: seeds[0]?.parameters ?? 1,
        dice: seeds.reduce((sum, run) => sum + run.testDice, 0) / seeds.length,
      }))
      .sort((a, b) => a.parameters - b.parameters),
  }));
}

/**
 * The recipes of training and of complexity that most datasets (of equals: most runs) were calibrated with; a prediction
 * rests on these runs alone, because accuracies of different recipes are different quantities. Undefined without runs.
 */
export function usualRecipes(
  runs: readonly CalibrationRun[],
): Pick<CalibrationRun, 'recipe' | 'complexityRecipe'> | undefined {
  const groups = [...Map.groupBy(runs, recipeKey).values()];
  const datasets = (group: readonly CalibrationRun[]): number =>
    new Set(group.map((run) => run.datasetFingerprint)).size;
  const [best] = groups.sort((a, b) => datasets(b) - datasets(a) || b.length - a.length);
  return best?.[0];
}

/** The runs that were made by given recipes. */
export function runsBy(
  runs: readonly CalibrationRun[],
  recipes: Pick<CalibrationRun, 'recipe' | 'complexityRecipe'> | undefined,
): CalibrationRun[] {
  const wanted = recipes && recipeKey(recipes);
  return runs.filter((run) => recipeKey(run) === wanted);
}

function recipeKey({
  recipe,
  complexityRecipe,
}: Pick<CalibrationRun, 'recipe' | 'complexityRecipe'>): string {
  return canonicalJson([recipe, complexityRecipe]);
}

/**
 * Expected seconds to train one size: the median over runs of this project with that factor and recipe.
 * @returns null without such a run; how many runs it rests on otherwise
 */
export function forecastTraining(
  ownRuns: readonly CalibrationRun[],
  alpha: number,
  recipe: TrainingRecipe,
): { seconds: number; runs: number } | null {
  const wanted = canonicalJson(recipe);
  const seconds = ownRuns
    .filter((run) => run.network.factor === alpha && canonicalJson(run.recipe) === wanted)
    .map((run) => run.trainingSeconds)
    .sort((a, b) => a - b);
  const median = seconds[Math.floor(seconds.length / 2)];
  return median === undefined ? null : { seconds: median, runs: seconds.length };
}
