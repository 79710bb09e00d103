import { canonicalJson } from '#common/canonicalJson.ts';
import { undistilled } from '#common/training/undistilled.ts';
import { judgeGoal, type GoalVerdict } from '#common/prediction/judgeGoal.ts';
import type { Limits } from '#common/prediction/prediction.ts';
import { retainedShare } from '#common/prediction/retainedShare.ts';
import { forecastWords } from '#common/training/trainingForecast.ts';
import type { ShowExamples } from '#contract/liveExample.ts';
import type { OnProgress } from '#contract/progress.ts';
import type { Engine } from '../../engine/openEngine.ts';
import type { DatasetRecord } from '../../project/records/datasets.ts';
import type { TrainedNetworkRecord } from '../../project/records/trainedNetworks.ts';
import type { Project } from '../../project/project.ts';
import { requireMemory } from '../../trainingCost/requireMemory.ts';
import { datasetLoad } from '../dataset/datasetLoad.ts';
import { forecastNetworks } from '../prediction/forecastNetworks.ts';
import { storedNetwork, trainAndStore } from './trainAndStore.ts';

/**
 * The full network of a trained one's base that was trained on the same images by the same recipe; of several, one from the same seed, else the
 * newest. The trained network itself where it is the full one.
 */
export function storedFullNetwork(
  project: Project,
  record: TrainedNetworkRecord,
): TrainedNetworkRecord | undefined {
  const run = record.runId === null ? undefined : project.runs.byId(record.runId)?.run;
  if (record.datasetId === null || !run) return undefined;
  const wanted = canonicalJson([{ ...record.network, factor: 1 }, undistilled(record.recipe), record.fold]);
  const alike = project.networks
    .trainedOn(record.datasetId, run.datasetFingerprint)
    .filter(({ network, recipe, fold }) => canonicalJson([network, recipe, fold]) === wanted);
  return alike.findLast(({ seed }) => seed === record.seed) ?? alike.at(-1);
}

/** Holds a trained network against the goal, beside the full network on the same test images where that was trained. */
export function measuredGoal(project: Project, record: TrainedNetworkRecord, limits: Limits): GoalVerdict {
  const full = storedFullNetwork(project, record);
  const kept = full ? retainedShare(record.test.perImage, full.test.perImage) : null;
  return judgeGoal(limits, record.test.dice, kept);
}

interface Surroundings {
  readonly project: Project;
  readonly dataset: DatasetRecord;
  readonly engine: Engine;
  readonly signal: AbortSignal;
  readonly onProgress: OnProgress;
  readonly show?: ShowExamples | undefined;
}

/**
 * Trains the full network in the way in which another was trained, unless that was done before. What it takes is told first.
 * @throws InsufficientMemoryError before anything is trained
 */
export async function trainFullNetwork(
  { project, dataset, engine, signal, onProgress, show }: Surroundings,
  {
    network: small,
    recipe: own,
    seed,
    fold,
  }: Pick<TrainedNetworkRecord, 'network' | 'recipe' | 'seed' | 'fold'>,
): Promise<TrainedNetworkRecord> {
  const network = { ...small, factor: 1 };
  const recipe = undistilled(own);
  const plan = { project, dataset, network, recipe, seed, fold };
  const stored = storedNetwork(plan);
  if (stored) return stored;
  const load = await datasetLoad(project, dataset, recipe.workingSide);
  if (engine.id === 'native') requireMemory(network, recipe, load);
  const [forecast] = await forecastNetworks(project, engine, [{ network, recipe, load }], signal, onProgress);
  if (forecast) {
    onProgress({
      stage: `Training the full network takes ${forecastWords(forecast)}`,
      done: 0,
      total: recipe.epochs * recipe.stepsPerEpoch,
      unit: 'steps',
      secondsLeft: forecast.seconds,
    });
  }
  return (await trainAndStore({ ...plan, purpose: 'compression', engine, show }, signal, onProgress)).record;
}
