import type { TrainingForecast } from '#common/training/trainingForecast.ts';
import type { NetworkSpec } from '#common/network/network.ts';
import type { TrainingRecipe } from '#common/training/training.ts';
import type { StepCost } from './fitStepCost.ts';
import type { TrainingLoad } from './trainingLoad.ts';
import { trainingMemory } from './trainingMemory.ts';
import { trainingSeconds } from './trainingSeconds.ts';

/**
 * Duration and memory of a training before it begins.
 * @param residentBytes what the process holds already; null where the device's memory cannot be foretold
 */
export function forecastTraining(
  cost: StepCost,
  network: NetworkSpec,
  recipe: TrainingRecipe,
  load: TrainingLoad,
  residentBytes: number | null,
): TrainingForecast {
  const seconds = trainingSeconds(cost, network, recipe, load);
  return {
    seconds,
    low: seconds / (1 + cost.spread),
    high: seconds * (1 + cost.spread),
    peakBytes: residentBytes === null ? null : residentBytes + trainingMemory(network, recipe, load),
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
  };
}
