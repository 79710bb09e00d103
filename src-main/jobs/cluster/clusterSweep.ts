import type { CalibrationRun } from '#common/calibration/calibrationRun.ts';
import { runKey } from '#common/calibration/runKey.ts';
import { CcnetError } from '#common/errors.ts';
import type { RequestOf } from '#contract/jobs/jobKinds.ts';
import type { OnProgress } from '#contract/progress.ts';
import type { SlurmResources } from '../../cluster/slurm/sbatch.ts';
import { hasSlurm } from '../../cluster/slurm/slurm.ts';
import { trainingMemory } from '../../trainingCost/trainingMemory.ts';
import type { Project } from '../../project/project.ts';
import { datasetLoad } from '../dataset/datasetLoad.ts';
import type { SweepTraining } from '../sweep/sweepTraining.ts';
import { followSweep } from './followSweep.ts';
import { packSweep } from './packSweep.ts';
import { nodeProgram } from './nodeProgram.ts';
import { sweepFolderOf } from './sweepFolderOf.ts';

/** Between two looks at the cluster: its manager serves others, too. */
const LOOK_EVERY_MS = 15_000;
/** What a process takes beside the training, and a margin for what a forecast does not know. */
const PROCESS_BYTES = 400e6;
const MARGIN = 1.25;
const DEFAULT_CORES = 2;

type Request = RequestOf<'calibrate'>;

/**
 * Trains a sweep on a cluster: writes its tasks once, and follows them.
 * @throws cluster-missing, cluster-refused, cluster-unfinished
 */
export async function clusterSweep(
  project: Project,
  request: Request,
  trainings: readonly SweepTraining[],
  signal: AbortSignal,
  onProgress: OnProgress,
): Promise<CalibrationRun[]> {
  const { executor } = request;
  if (!executor || trainings.length === 0) return [];
  if (!(await hasSlurm())) throw new CcnetError('cluster-missing', {});
  const folder = sweepFolderOf(project, request);
  const pack = executor.pack === true;
  await packSweep(project, trainings, folder, { device: request.device, pack, signal, onProgress });
  const resources: SlurmResources = {
    partition: executor.partition ?? null,
    gpus: executor.gpus ?? 0,
    time: executor.time ?? null,
    cores: request.threads ?? DEFAULT_CORES,
    memory: request.memory ?? (await memoryOfOne(project, trainings)),
  };
  const runs = await followSweep(folder, {
    ...{ project, resources, signal, onProgress },
    program: nodeProgram(),
    every: executor.every === undefined ? LOOK_EVERY_MS : executor.every * 1000,
  });
  // The networks that others learn from were not asked for, and some may have been taken in by an earlier following.
  const asked = new Set(trainings.flatMap((training) => (training.asked ? keyOf(training) : [])));
  return runs.filter((run) => asked.has(runKey(run)));
}

function keyOf({ planned: { dataset, network, recipe, seed, fold } }: SweepTraining): string {
  return runKey({ datasetFingerprint: dataset.fingerprint, network, recipe, seed, fold });
}

/** Bytes that suffice for each of the tasks. */
async function memoryOfOne(project: Project, trainings: readonly SweepTraining[]): Promise<number> {
  const needs: number[] = [];
  const loads = new Map<number, Awaited<ReturnType<typeof datasetLoad>>>();
  for (const { planned } of trainings) {
    const { record } = planned.dataset;
    const load = loads.get(record.id) ?? (await datasetLoad(project, record, planned.recipe.workingSide));
    loads.set(record.id, load);
    needs.push(trainingMemory(planned.network, planned.recipe, load));
  }
  return Math.ceil(PROCESS_BYTES + MARGIN * Math.max(0, ...needs));
}
