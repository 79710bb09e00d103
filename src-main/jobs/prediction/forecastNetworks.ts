import type { TrainingForecast } from '#common/training/trainingForecast.ts';
import type { NetworkSpec } from '#common/network/network.ts';
import type { OnProgress } from '#contract/progress.ts';
import type { TrainingRecipe } from '#common/training/training.ts';
import type { Engine } from '../../engine/openEngine.ts';
import { availableMemory } from '../../trainingCost/availableMemory.ts';
import { forecastTraining } from '../../trainingCost/forecastTraining.ts';
import { foretellMemory } from '../../trainingCost/foretellMemory.ts';
import type { TrainingLoad } from '../../trainingCost/trainingLoad.ts';
import { trainingMemory } from '../../trainingCost/trainingMemory.ts';
import type { Project } from '../../project/project.ts';
import { measureStepCost } from './measureStepCost.ts';

/** A training whose duration and memory are asked about. */
export interface PlannedTraining {
  readonly network: NetworkSpec;
  readonly recipe: TrainingRecipe;
  readonly load: TrainingLoad;
}

/**
 * Duration and memory of each of several trainings by one recipe, from the steps measured on this machine; a few are measured
 * now when there are none. Nothing is measured that would not fit into memory.
 * @returns one forecast a training, null where nothing could be measured
 */
export async function forecastNetworks(
  project: Project,
  engine: Engine,
  trainings: readonly PlannedTraining[],
  signal: AbortSignal,
  onProgress: OnProgress,
): Promise<(TrainingForecast | null)[]> {
  const [first] = trainings;
  if (!first) return [];
  const memory = availableMemory();
  const probed = trainings.filter(
    ({ network, recipe, load }) => engine.id !== 'native' || trainingMemory(network, recipe, load) <= memory,
  );
  const networks = probed.map(({ network }) => network);
  const cost = await measureStepCost(project, engine, networks, first.recipe, signal, onProgress);
  return trainings.map(({ network, recipe, load }) =>
    cost
      ? forecastTraining(cost, network, recipe, load, foretellMemory(engine.id, network, recipe, load))
      : null,
  );
}
