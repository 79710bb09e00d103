import { existsSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { CcnetError, failureOf, hasCode } from '#common/errors.ts';
import { foldText } from '#common/dataset/foldText.ts';
import { formatFactor } from '#common/network/formatFactor.ts';
import { PRODUCT_VERSION } from '#common/productVersion.ts';
import { storeFailure } from '#common/failures/storedFailure.ts';
import type { OnProgress } from '#contract/progress.ts';
import { readResult, resultText } from '../../cluster/resultFile.ts';
import { readCheckpoint, type StoredCheckpoint, writeCheckpoint } from '../../cluster/checkpointFile.ts';
import { type OpenedTask, openTask, readTeacher } from '../../cluster/openTask.ts';
import { readDocument } from '../../cluster/readDocument.ts';
import { SweepFolder } from '../../cluster/sweepFolder.ts';
import { sweepSchema } from '../../cluster/taskFormat.ts';
import { writeTensorFile } from '../../cluster/tensorFile.ts';
import { foldSplits } from '../../dataset/splits/foldSplits.ts';
import { openEngine } from '../../engine/openEngine.ts';
import { describeNetwork } from '../../network/describeNetwork.ts';
import { checkpointFault } from '../../training/checkpointFault.ts';
import { deviceTrail } from '../training/deviceTrail.ts';
import { performTraining } from '../training/performTraining.ts';
import { outputsOf } from '../outputs.ts';
import type { TaskDataset, TrainingTask } from '../training/trainingTask.ts';

export interface RunTaskOptions {
  /** Throws where the images of the task may not be read. */
  readonly requireKnown?: (root: string) => Promise<void>;
  /** Null for all cores. */
  readonly threads: number | null;
  readonly signal: AbortSignal;
  readonly onProgress: OnProgress;
}

/** What a task has come to. */
export interface RunTaskResult {
  readonly task: string;
  readonly dataset: string;
  readonly factor: string;
  readonly fold: string;
  readonly testDice: number;
  readonly learnt: boolean;
  /** False when the result was there already. */
  readonly trained: boolean;
  readonly file: string;
}

/**
 * Computes one task of a sweep: trains its network, from its checkpoint where there is one, and writes the result beside it. No project is opened. What ends it
 * is noted beside the task, for whoever follows the sweep.
 * @throws what openTask throws, and the training's own failures
 */
export async function runTask(file: string, options: RunTaskOptions): Promise<RunTaskResult> {
  const place = SweepFolder.ofTask(file);
  try {
    const opened = await openTask(file);
    const { folder, id, dataset } = opened;
    await options.requireKnown?.(dataset.root);
    await rm(folder.failure(id), { force: true });
    return await compute(opened, options);
  } catch (error) {
    // A task that was asked to stop has not failed. On a full disk the reason cannot be kept, and the error itself says so.
    if (place && existsSync(place.folder.sweep) && !hasCode(error, 'cancelled')) {
      const text = storeFailure(failureOf(error));
      await outputsOf(null)
        .write(place.folder.failure(place.id), text)
        .catch(() => undefined);
    }
    throw error;
  }
}

async function compute(opened: OpenedTask, options: RunTaskOptions): Promise<RunTaskResult> {
  const { folder, id, task, dataset } = opened;
  const { signal, onProgress, threads } = options;
  const summary = {
    ...{
      task: id,
      dataset: dataset.name,
      factor: formatFactor(task.network.factor),
      fold: foldText(task.fold),
    },
    file: folder.result(id),
  };
  if (existsSync(folder.result(id))) {
    const { run } = await readResult(folder, id, task);
    return { ...summary, testDice: run.testDice, learnt: run.learnt, trained: false };
  }
  const training = await trainingTask(opened);
  const engine = await openEngine(task.device, { threads: threads ?? undefined });
  const before = await usableCheckpoint(opened);
  const resumeFrom = before?.checkpoint;
  const device = deviceTrail(before?.device ?? null, resumeFrom?.history.length ?? 0, engine.version);
  const outcome = await performTraining(training, {
    ...{ engine, resumeFrom, before: before?.device ?? null, signal, onProgress },
    onCheckpoint: (checkpoint) => writeCheckpoint(folder.checkpoint(id), { device, checkpoint }),
  });
  const { datasets } = await readDocument(folder.sweep, sweepSchema);
  const { run, weights, test, validation, history } = outcome;
  await writeTensorFile(folder.weights(id), { head: { network: task.network }, groups: { weights } });
  // Last, because whoever finds it finds the weights.
  const known = datasets.filter(({ fingerprint }) => fingerprint === dataset.fingerprint);
  const outcomeDocument = { product: PRODUCT_VERSION, task: id, test, validation, history: [...history] };
  await outputsOf(null, [dataset.root]).write(folder.result(id), resultText(run, known, outcomeDocument));
  await rm(folder.checkpoint(id), { force: true });
  return { ...summary, testDice: run.testDice, learnt: run.learnt, trained: true };
}

async function trainingTask(opened: OpenedTask): Promise<TrainingTask> {
  const { network, recipe, seed, fold } = opened.task;
  return { dataset: dealt(opened), network, recipe, seed, fold, teacher: await readTeacher(opened) };
}

/** @throws too-few-for-folds */
function dealt({ dataset, task: { fold } }: OpenedTask): TaskDataset {
  if (!fold) return dataset;
  const splits = foldSplits(dataset.images, fold);
  return {
    ...dataset,
    images: dataset.images.map((image, index) => ({ ...image, split: splits[index] ?? image.split })),
  };
}

/** The state to go on from. One that does not fit is not used: the training begins anew, on a node nobody is asked. */
async function usableCheckpoint({ folder, id, task }: OpenedTask): Promise<StoredCheckpoint | null> {
  const path = folder.checkpoint(id);
  if (!existsSync(path)) return null;
  try {
    const stored = await readCheckpoint(path);
    const fault = checkpointFault(stored.checkpoint, describeNetwork(task.network), task.recipe);
    if (fault === null) return stored;
    throw new CcnetError('task-file-unusable', { path, reason: fault });
  } catch (error) {
    if (!hasCode(error, 'task-file-unusable')) throw error;
    await rm(path, { force: true });
    return null;
  }
}
