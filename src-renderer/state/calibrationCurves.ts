import type { CalibrationRun } from '../../src-main/contract/calibrationRun.ts';
import type { CurvePoint } from '../../src-main/contract/jobResult.ts';
import type { NetworkFamily } from '../../src-main/contract/network.ts';
import type { TrainingRecipe } from '../../src-main/contract/training.ts';

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

/** The recipe that most datasets (of equals: most runs) were calibrated with; undefined without runs. */
export function usualRecipe(runs: readonly CalibrationRun[]): TrainingRecipe | undefined {
  const groups = [...Map.groupBy(runs, (run) => JSON.stringify(run.recipe)).values()];
  const datasets = (group: readonly CalibrationRun[]): number =>
    new Set(group.map((run) => run.datasetFingerprint)).size;
  const [best] = groups.sort((a, b) => datasets(b) - datasets(a) || b.length - a.length);
  return best?.[0]?.recipe;
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
  const wanted = JSON.stringify(recipe);
  const seconds = ownRuns
    .filter((run) => run.network.factor === alpha && JSON.stringify(run.recipe) === wanted)
    .map((run) => run.trainingSeconds)
    .sort((a, b) => a - b);
  const median = seconds[Math.floor(seconds.length / 2)];
  return median === undefined ? null : { seconds: median, runs: seconds.length };
}
