import { z } from 'zod';
import type { CalibratedDataset } from '#common/calibration/calibratedDataset.ts';
import type { CalibrationRun } from '#common/calibration/calibrationRun.ts';
import { runKey } from '#common/calibration/runKey.ts';
import { canonicalJson } from '#common/canonicalJson.ts';
import { CcnetError, reasonOf } from '#common/errors.ts';
import { networkWeights } from '#common/network/layerWeights.ts';
import { matchWeights } from '#common/network/matchWeights.ts';
import { PRODUCT_VERSION } from '#common/productVersion.ts';
import type { NamedTensor } from '#common/training/training.ts';
import { exportLibrary } from '../calibration/exportLibrary.ts';
import { importLibrary } from '../calibration/importLibrary.ts';
import { describeNetwork } from '../network/describeNetwork.ts';
import { checkedDocument, readText } from './readDocument.ts';
import type { SweepFolder } from './sweepFolder.ts';
import { type OutcomeDocument, outcomeSchema, type TaskFile } from './taskFormat.ts';
import { readTensorFile } from './tensorFile.ts';

/** A task's result: a library file of one run, which every project can import, with the outcome beside it. */
export function resultText(
  run: CalibrationRun,
  datasets: readonly CalibratedDataset[],
  outcome: OutcomeDocument,
): string {
  const { text } = exportLibrary([run], datasets);
  // By a function: a "$" in the name of an image means nothing then.
  return text.replace(/\}\s*$/, () => `,"outcome":${canonicalJson(outcome)}}\n`);
}

/** A result that is what its task asked for. */
export interface TaskResult {
  readonly run: CalibrationRun;
  readonly datasets: readonly CalibratedDataset[];
  readonly outcome: OutcomeDocument;
}

/**
 * Reads the result of a task and holds it against the task.
 * @throws task-file-unusable, task-result-foreign
 */
export async function readResult(folder: SweepFolder, id: string, task: TaskFile): Promise<TaskResult> {
  const path = folder.result(id);
  const foreign = (reason: string): CcnetError => new CcnetError('task-result-foreign', { path, reason });
  const text = await readText(path);
  const { outcome } = checkedDocument(path, text, z.object({ outcome: outcomeSchema }));
  const { runs, datasets, refused } = importLibrary(text);
  const [run, ...others] = runs;
  if (refused[0]) throw foreign(refused[0].reason);
  if (!run || others.length > 0) throw foreign(`it holds ${runs.length} runs`);
  if (outcome.product !== PRODUCT_VERSION)
    throw foreign(`version ${outcome.product} computed it, and this is ${PRODUCT_VERSION}`);
  if (outcome.task !== id) throw foreign(`it says that it is of task ${outcome.task}`);
  const { network, recipe, seed, fold } = task;
  if (runKey(run) !== runKey({ datasetFingerprint: task.dataset, network, recipe, seed, fold })) {
    throw foreign('its run is of another dataset, network, recipe, seed or fold');
  }
  if (run.testDice !== outcome.test.dice || run.validationDice !== outcome.validation.dice) {
    throw foreign('its figures contradict each other');
  }
  return { run, datasets, outcome };
}

/** The trained weights beside a result. @throws task-file-unusable, task-result-foreign */
export async function readResultWeights(
  folder: SweepFolder,
  id: string,
  { network }: Pick<TaskFile, 'network'>,
): Promise<readonly NamedTensor[]> {
  const path = folder.weights(id);
  const foreign = (reason: string): CcnetError => new CcnetError('task-result-foreign', { path, reason });
  const { groups } = await readTensorFile(path);
  const weights = groups['weights'] ?? [];
  try {
    matchWeights(networkWeights(describeNetwork(network)), weights);
  } catch (error) {
    throw foreign(reasonOf(error).replace(/\.$/, ''));
  }
  if (!weights.every(({ data }) => data.every(Number.isFinite)))
    throw foreign('it holds values that are no numbers');
  return weights;
}
