import { existsSync } from 'node:fs';
import type { CalibrationRun } from '#common/calibration/calibrationRun.ts';
import { runKey } from '#common/calibration/runKey.ts';
import { failureOf } from '#common/errors.ts';
import type { Failure } from '#common/failures/failures.ts';
import { readTask } from '../../cluster/openTask.ts';
import { readDocument } from '../../cluster/readDocument.ts';
import { readResult, readResultWeights } from '../../cluster/resultFile.ts';
import { type SweepFolder, taskId } from '../../cluster/sweepFolder.ts';
import { type SweepFile, sweepSchema } from '../../cluster/taskFormat.ts';
import type { Project } from '../../project/project.ts';
import { storedNetwork } from '../training/trainAndStore.ts';
import { beginTraining, storeTraining } from '../training/trainingRecord.ts';

/** What merging one result has done: stored it, found it stored, or refused it. */
export type Merged =
  | { readonly as: 'stored' | 'known'; readonly run: CalibrationRun }
  | { readonly as: 'refused'; readonly failure: Failure };

/** @throws task-file-unusable */
export function readSweep(folder: SweepFolder): Promise<SweepFile> {
  return readDocument(folder.sweep, sweepSchema);
}

/**
 * Takes the result of a task into the project: once, however often it arrives. Where the project has the dataset, the trained network and its
 * run are stored as if they had been trained here; elsewhere the run is taken in as from a library.
 * @throws what the project throws when it cannot be written
 */
export async function mergeResult(project: Project, folder: SweepFolder, id: string): Promise<Merged> {
  let read: Awaited<ReturnType<typeof readAll>>;
  try {
    read = await readAll(folder, id);
  } catch (error) {
    return { as: 'refused', failure: failureOf(error) };
  }
  const { run, datasets, outcome, weights, task } = read;
  const dataset = project.datasets.list().find(({ fingerprint }) => fingerprint === run.datasetFingerprint);
  if (!dataset) return { as: importRun(project, run, datasets, folder) ? 'stored' : 'known', run };
  const { network, recipe, seed, fold } = task;
  const request = { project, dataset, network, recipe, seed, fold, purpose: 'calibration' as const };
  if (storedNetwork(request)) return { as: 'known', run };
  // The name that the dataset has here; the bits of what was learnt are the same whatever it is called.
  const named = { ...run, datasetName: dataset.name };
  project.transaction(() => {
    const { id: training } = beginTraining(request, run.engine.replace(/, \w+ step$/, ''));
    const { test, validation, history } = outcome;
    project.checkpoints.saveHistory(training, history);
    storeTraining(request, training, { run: named, weights, test, validation, history });
  });
  return { as: 'stored', run: named };
}

/** Takes in every result that there is. @returns by task, in their order; tasks without a result are left out */
export async function mergeSweep(project: Project, folder: SweepFolder): Promise<Map<string, Merged>> {
  const { tasks } = await readSweep(folder);
  const merged = new Map<string, Merged>();
  for (let index = 0; index < tasks; index++) {
    const id = taskId(index);
    if (existsSync(folder.result(id))) merged.set(id, await mergeResult(project, folder, id));
  }
  return merged;
}

async function readAll(folder: SweepFolder, id: string) {
  const task = await readTask(folder, id);
  const result = await readResult(folder, id, task);
  return { ...result, task, weights: await readResultWeights(folder, id, task) };
}

function importRun(
  project: Project,
  run: CalibrationRun,
  datasets: Parameters<Project['calibratedDatasets']['import']>[0],
  folder: SweepFolder,
): boolean {
  return project.transaction(() => {
    const key = runKey(run);
    if (project.runs.list().some((stored) => runKey(stored.run) === key)) return false;
    project.calibratedDatasets.import(datasets);
    return project.runs.import([run], 'imported', libraryName(folder)) > 0;
  });
}

const libraryName = ({ path }: SweepFolder): string => path.split(/[\\/]/).at(-1) ?? 'sweep';
