import type { DeviceId } from '#common/device/device.ts';
import { CcnetError } from '#common/errors.ts';
import { formatFactor } from '#common/network/factor.ts';
import { openEngine } from '../../engine/openEngine.ts';
import type { Project } from '../../project/project.ts';
import type { TrainingRecord } from '../../project/records/trainings.ts';
import type { Job } from '../job.ts';
import { trainAndStore } from './trainAndStore.ts';

export interface ResumeRequest {
  /** Number of the training, from unfinishedTrainings. */
  readonly training: number;
  readonly device: DeviceId;
  readonly threads: number | null;
}

export interface ResumeResult {
  /** Number of the trained network, for `ccnet export`. */
  readonly network: number;
  /** Every device that computed it, in order. */
  readonly engine: string;
  readonly testDice: number;
  readonly learnt: boolean;
}

/** Trainings that were begun or planned and did not finish. */
export function unfinishedTrainings(project: Project): TrainingRecord[] {
  return project.trainings.list().filter(({ state }) => state !== 'finished');
}

/**
 * Takes up one training after its last finished epoch, on the device that is named, which need not be the one before. The
 * calibration or compression that it belongs to finds the trained network when it is run again.
 */
export function resumeTraining(request: ResumeRequest, project: Project): Job<ResumeResult> {
  return {
    async run(signal, onProgress) {
      const training = unfinishedTraining(project, request.training);
      const dataset = project.datasets.byId(training.datasetId);
      if (!dataset)
        throw new Error(`The dataset ${training.datasetId} of training ${training.id} is missing.`);
      const engine = await openEngine(request.device, { threads: request.threads ?? undefined });
      const { network, recipe, seed, fold, purpose } = training;
      const plan = { project, dataset, network, recipe, seed, fold, purpose, engine };
      const { record, run } = await trainAndStore(plan, signal, onProgress);
      return { network: record.id, engine: run.engine, testDice: run.testDice, learnt: run.learnt };
    },
  };
}

function unfinishedTraining(project: Project, id: number): TrainingRecord {
  const unfinished = unfinishedTrainings(project);
  const training = unfinished.find((candidate) => candidate.id === id);
  if (training) return training;
  throw new CcnetError('unknown-training', {
    training: id,
    unfinished: unfinished.map((candidate) => ({
      training: candidate.id,
      factor: formatFactor(candidate.network.factor),
    })),
  });
}
