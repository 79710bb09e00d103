import { existsSync } from 'node:fs';
import type { CalibrationRun } from '#common/calibration/calibrationRun.ts';
import { runKey } from '#common/calibration/runKey.ts';
import { failureOf } from '#common/errors.ts';
import type { Failure } from '#common/failures/failures.ts';
import type { NamedTensor } from '#common/training/training.ts';
import { readTask } from '../../cluster/openTask.ts';
import { readDocument } from '../../cluster/readDocument.ts';
import { readResult, readResultWeights, type TaskResult } from '../../cluster/resultFile.ts';
import { type SweepFolder, taskId } from '../../cluster/sweepFolder.ts';
import { type SweepFile, sweepSchema, type TaskFile } from '../../cluster/taskFormat.ts';
import type { Project } from '../../project/project.ts';
import type { DatasetRecord } from '../../project/records/datasets.ts';
import { beginTraining, storeTraining } from '../training/trainingRecord.ts';

/** What merging one result has done: stored it, found it stored, or refused it. */
export type Merged =
  | { readonly as: 'stored' | 'known'; readonly run: CalibrationRun }
  | { readonly as: 'refused'; readonly failure: Failure };

/** @throws task-file-unusable */
export function readSweep(folder: SweepFolder): Promise<SweepFile> {
  return readDocument(folder.sweep, sweepSchema);
}

/** Results that are stored together: a commit takes longer than a result. */
const IN_A_TRANSACTION = 50;

/**
 * Takes results of tasks into the project: each once, however often it arrives. Where the project has the dataset, the trained network and its
 * run are stored as if they had been trained here; elsewhere the run is taken in as from a library. What the project holds is looked up
 * once and kept, so that the time grows with the number of results and not with its square: for the one process that trains into the project.
 */
export class ResultMerger {
  readonly #project: Project;
  readonly #folder: SweepFolder;
  readonly #datasets: ReadonlyMap<string, number>;
  /** Keys of the networks of a dataset, by its id. */
  readonly #networks = new Map<number, Set<string>>();

  constructor(project: Project, folder: SweepFolder) {
    this.#project = project;
    this.#folder = folder;
    this.#datasets = new Map(project.datasets.list().map(({ fingerprint, id }) => [fingerprint, id]));
  }

  /**
   * @param check throws to stop; what is stored stays
   * @returns by task, in their order
   * @throws what the project throws when it cannot be written
   */
  async merge(ids: readonly string[], check: () => void = () => undefined): Promise<Map<string, Merged>> {
    const merged = new Map<string, Merged>();
    for (let first = 0; first < ids.length; first += IN_A_TRANSACTION) {
      check();
      const some = ids.slice(first, first + IN_A_TRANSACTION);
      const read = await Promise.all(some.map((id) => readAll(this.#folder, id)));
      this.#project.transaction(() => {
        some.forEach((id, index) => {
          const one = read[index];
          if (one) merged.set(id, 'failure' in one ? { as: 'refused', ...one } : this.#store(one));
        });
      });
    }
    return merged;
  }

  #store({ run, datasets, outcome, weights, task }: ReadResult): Merged {
    const project = this.#project;
    const dataset = project.datasets.byId(this.#datasets.get(run.datasetFingerprint) ?? -1);
    if (!dataset) {
      const library = libraryName(this.#folder);
      if (project.runs.import([run], 'imported', library) === 0) return { as: 'known', run };
      project.calibratedDatasets.import(datasets);
      return { as: 'stored', run };
    }
    const networks = this.#networksOf(dataset);
    const key = runKey(run);
    if (networks.has(key)) return { as: 'known', run };
    const { network, recipe, seed, fold } = task;
    const request = { project, dataset, network, recipe, seed, fold, purpose: 'calibration' as const };
    // The name that the dataset has here; the bits of what was learnt are the same whatever it is called.
    const named = { ...run, datasetName: dataset.name };
    const { id: training } = beginTraining(request, run.engine.replace(/, \w+ step$/, ''));
    const { test, validation, history } = outcome;
    project.checkpoints.saveHistory(training, history);
    storeTraining(request, training, { run: named, weights, test, validation, history });
    networks.add(key);
    return { as: 'stored', run: named };
  }

  #networksOf({ id, fingerprint }: DatasetRecord): Set<string> {
    const known = this.#networks.get(id);
    if (known) return known;
    const stored = this.#project.networks.trainedOn(id, fingerprint);
    const keys = new Set(stored.map((network) => runKey({ ...network, datasetFingerprint: fingerprint })));
    this.#networks.set(id, keys);
    return keys;
  }
}

/** Takes in every result that there is. @returns by task, in their order; tasks without a result are left out */
export async function mergeSweep(project: Project, folder: SweepFolder): Promise<Map<string, Merged>> {
  const { tasks } = await readSweep(folder);
  const ids = Array.from({ length: tasks }, (_, index) => taskId(index));
  return new ResultMerger(project, folder).merge(ids.filter((id) => existsSync(folder.result(id))));
}

type ReadResult = TaskResult & { readonly task: TaskFile; readonly weights: readonly NamedTensor[] };

async function readAll(folder: SweepFolder, id: string): Promise<ReadResult | { readonly failure: Failure }> {
  try {
    const task = await readTask(folder, id);
    const result = await readResult(folder, id, task);
    return { ...result, task, weights: await readResultWeights(folder, id, task) };
  } catch (error) {
    return { failure: failureOf(error) };
  }
}

const libraryName = ({ path }: SweepFolder): string => path.split(/[\\/]/).at(-1) ?? 'sweep';
