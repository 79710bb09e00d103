import type { PlannedRun, SweepDataset } from '../../calibration/planSweep.ts';
import { forecastWords, type TrainingForecast } from '#common/training/trainingForecast.ts';
import type { OnProgress } from '#contract/progress.ts';
import type { Engine } from '../../engine/openEngine.ts';
import { totalForecast } from '../../trainingCost/forecastTraining.ts';
import { requireMemory } from '../../trainingCost/requireMemory.ts';
import type { TrainingLoad } from '../../trainingCost/trainingLoad.ts';
import { trainingMemory } from '../../trainingCost/trainingMemory.ts';
import type { DatasetRecord } from '../../project/records/datasets.ts';
import type { Project } from '../../project/project.ts';
import { datasetLoad } from '../dataset/datasetLoad.ts';
import { forecastNetworks, type PlannedTraining } from '../prediction/forecastNetworks.ts';

/** What a sweep takes. */
export interface SweepForecast {
  /** Expected seconds of each training, in the order of the plan. */
  readonly seconds: readonly number[];
  /** Null when there is nothing to train. */
  readonly total: TrainingForecast | null;
}

/**
 * Foretells a sweep, and reports it before anything is trained.
 * @throws memory-insufficient when one of the trainings will not find enough memory
 */
export async function forecastSweep(
  project: Project,
  engine: Engine,
  planned: readonly PlannedRun<SweepDataset & { readonly record: DatasetRecord }>[],
  signal: AbortSignal,
  onProgress: OnProgress,
): Promise<SweepForecast> {
  const loads = new Map<number, TrainingLoad>();
  const trainings: PlannedTraining[] = [];
  for (const { dataset, network, recipe } of planned) {
    const { record } = dataset;
    const load = loads.get(record.id) ?? (await datasetLoad(project, record, recipe.workingSide));
    loads.set(record.id, load);
    trainings.push({ network, recipe, load });
  }
  if (engine.id === 'native') requireMemoryFor(trainings);
  const forecasts = await forecastNetworks(project, engine, trainings, signal, onProgress);
  const known = forecasts.filter((forecast) => forecast !== null);
  const total = known.length > 0 ? totalForecast(known) : null;
  if (total) {
    onProgress({
      stage: `Training ${planned.length} ${planned.length === 1 ? 'network' : 'networks'} takes ${forecastWords(total)}`,
      done: 0,
      total: planned.length,
      unit: 'networks',
      secondsLeft: total.seconds,
    });
  }
  return { seconds: forecasts.map((forecast) => forecast?.seconds ?? 0), total };
}

/** What fits the one that needs most fits them all. */
function requireMemoryFor(trainings: readonly PlannedTraining[]): void {
  const needs = trainings.map(({ network, recipe, load }) => trainingMemory(network, recipe, load));
  const neediest = trainings[needs.indexOf(Math.max(...needs))];
  if (neediest) requireMemory(neediest.network, neediest.recipe, neediest.load);
}
