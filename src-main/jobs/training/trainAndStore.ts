import type { CalibrationRun } from '#common/calibration/calibrationRun.ts';
import { runKey } from '#common/calibration/runKey.ts';
import type { OnProgress } from '#contract/progress.ts';
import { undistilled } from '#common/training/undistilled.ts';
import type { TrainedNetworkRecord } from '../../project/records/trainedNetworks.ts';
import { recordStepTiming } from '../prediction/recordStepTiming.ts';
import { performTraining, requireTwoKindsOfPixels } from './performTraining.ts';
import { taskDataset, taskOf } from './taskOf.ts';
import { storedTeacher, teacherOf } from './teacher.ts';
import { beginTraining, endTraining, storeTraining } from './trainingRecord.ts';
import type { TrainRequest } from './trainRequest.ts';

/** The trained network of exactly this request when the project has one already. */
export function storedNetwork(
  request: Omit<TrainRequest, 'engine' | 'purpose' | 'show'>,
): TrainedNetworkRecord | undefined {
  const { project, dataset, network, recipe, seed, fold } = request;
  const wanted = (of: Pick<TrainedNetworkRecord, 'network' | 'recipe' | 'seed' | 'fold'>): string =>
    runKey({ ...of, datasetFingerprint: dataset.fingerprint });
  const key = wanted({ network, recipe, seed, fold });
  return project.networks.trainedOn(dataset.id, dataset.fingerprint).find((entry) => wanted(entry) === key);
}

/**
 * Trains a network, and before it the one that its recipe has it learn from where none is stored, with a checkpoint every epoch, continuing an earlier attempt of the same request; tests the best
 * epoch's weights on the test split; stores network and calibration run together.
 * @returns the stored network and its run, which names every device that computed it.
 * @throws DeviceFailedError when the device fails; the checkpoint stays, for this or another device to go on from
 */
export async function trainAndStore(
  request: TrainRequest,
  signal: AbortSignal,
  onProgress: OnProgress,
): Promise<{ record: TrainedNetworkRecord; run: CalibrationRun }> {
  const { project, recipe, engine, show, network } = request;
  requireTwoKindsOfPixels({ dataset: taskDataset(request) });
  const task = taskOf(request, await teacherFor(request, signal, onProgress));
  const { id, resumeFrom, before } = beginTraining(request, engine.version);
  try {
    const outcome = await performTraining(task, {
      engine,
      resumeFrom,
      before,
      onCheckpoint: (checkpoint) => project.checkpoints.save(id, checkpoint),
      show,
      signal,
      onProgress,
    });
    // A continued training may have epochs of another machine, and one with a teacher waits for its answers.
    if (!resumeFrom && recipe.teacherWidth === undefined) {
      const { crop, batch } = recipe;
      recordStepTiming(project, { engine: engine.version, network, crop, batch }, outcome.history);
    }
    return storeTraining(request, id, outcome);
  } catch (error) {
    throw endTraining(request, id, error);
  }
}

/** The network that a request's recipe has it learn from, trained first where none is stored; undefined for a recipe without one. */
async function teacherFor(
  request: TrainRequest,
  signal: AbortSignal,
  onProgress: OnProgress,
): Promise<TrainedNetworkRecord | undefined> {
  const network = teacherOf(request);
  if (!network) return undefined;
  const stored = storedTeacher(request);
  if (stored) return stored;
  const order = { ...request, network, recipe: undistilled(request.recipe) };
  return (await trainAndStore(order, signal, onProgress)).record;
}
