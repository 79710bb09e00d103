import { canonicalJson } from '#common/canonicalJson.ts';
import type { CalibrationRun } from '#common/calibration/calibrationRun.ts';
import type { Candidate } from '#common/prediction/prediction.ts';
import type { TrainingRecipe } from '#common/training/training.ts';

/**
 * Seconds that the training of one size will take here: as it was forecast, else the median over runs of this project with that
 * factor and recipe; null where neither is known.
 * @param ownRuns of the base network, trained on this machine
 */
export function expectedSeconds(
  { alpha, forecast }: Pick<Candidate, 'alpha' | 'forecast'>,
  ownRuns: readonly CalibrationRun[],
  recipe: TrainingRecipe | undefined,
): number | null {
  if (forecast) return forecast.seconds;
  const wanted = recipe && canonicalJson(recipe);
  const seconds = ownRuns
    .filter((run) => run.network.factor === alpha && canonicalJson(run.recipe) === wanted)
    .map((run) => run.trainingSeconds)
    .sort((a, b) => a - b);
  return seconds[Math.floor(seconds.length / 2)] ?? null;
}
