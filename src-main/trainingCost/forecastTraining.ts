import type { TrainingForecast } from '#common/training/trainingForecast.ts';
import type { NetworkSpec } from '#common/network/network.ts';
import type { TrainingRecipe } from '#common/training/training.ts';
import type { StepCost } from './fitStepCost.ts';
import type { TrainingLoad } from './trainingLoad.ts';
import type { ForetoldMemory } from './foretellMemory.ts';
import { trainingSeconds } from './trainingSeconds.ts';

/**
 * Duration and memory of a training before it begins.
 * @param memory what it takes at its peak, see foretellMemory
 */
export function forecastTraining(
  cost: StepCost,
  network: NetworkSpec,
  recipe: TrainingRecipe,
  load: TrainingLoad,
  memory: ForetoldMemory,
): TrainingForecast {
  const seconds = trainingSeconds(cost, network, recipe, load);
  return {
    seconds,
    low: seconds / (1 + cost.spread),
    high: seconds * (1 + cost.spread),
    ...memory,
  };
}

/** Several trainings one after the other: durations add up, the largest sets the memory. */
export function totalForecast(parts: readonly TrainingForecast[]): TrainingForecast {
  const sum = (of: (part: TrainingForecast) => number): number =>
    parts.reduce((all, part) => all + of(part), 0);
  const peaks = parts.map(({ peakBytes }) => peakBytes).filter((bytes) => bytes !== null);
  return {
    seconds: sum(({ seconds }) => seconds),
    low: sum(({ low }) => low),
    high: sum(({ high }) => high),
    peakBytes: peaks.length === 0 ? null : Math.max(...peaks),
    ...(parts[0]?.memoryOf && { memoryOf: parts[0].memoryOf }),
  };
}
