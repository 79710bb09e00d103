import type { CalibrationRun } from '#common/calibration/calibrationRun.ts';
import { CcnetError, failureOf, hasCode } from '#common/errors.ts';
import { preparationNumbers } from '#common/preparation/preparation.ts';
import type { Checkpoint } from '#common/training/training.ts';
import { DeviceFailedError } from '../../engine/DeviceFailedError.ts';
import type { TrainedNetworkRecord } from '../../project/records/trainedNetworks.ts';
import type { NewTraining } from '../../project/records/trainings.ts';
import { deviceTrail } from './deviceTrail.ts';
import { storedCheckpoint } from './storedCheckpoint.ts';
import type { TrainRequest } from './trainRequest.ts';
import type { TrainingOutcome } from './trainingTask.ts';

type Asked = Pick<TrainRequest, 'project' | 'dataset' | 'network' | 'recipe' | 'seed' | 'fold' | 'purpose'>;

/** A training that has begun, as the project knows it. */
export interface BegunTraining {
  readonly id: number;
  /** The state from which it goes on. */
  readonly resumeFrom: Checkpoint | undefined;
  /** The devices that computed it before; null for none. */
  readonly before: string | null;
}

/**
 * Notes in the project that a training begins, or an earlier attempt of the same request goes on.
 * @param device version of the engine that computes it now
 * @throws checkpoint-unusable
 */
export function beginTraining(asked: Asked, device: string): BegunTraining {
  const { project, dataset, network, recipe, seed, fold, purpose } = asked;
  const plan: NewTraining = { datasetId: dataset.id, purpose, network, recipe, seed, fold };
  const training = project.trainings.unfinished(plan) ?? project.trainings.add(plan);
  try {
    const resumeFrom = storedCheckpoint(project, training);
    const trail = deviceTrail(training.device, resumeFrom?.history.length ?? 0, device);
    project.trainings.start(training.id, trail);
    return { id: training.id, resumeFrom, before: training.device };
  } catch (error) {
    project.trainings.fail(training.id, failureOf(error));
    throw error;
  }
}

/** Notes that a training was stopped or failed; its checkpoint stays. @returns the error as it is to be thrown */
export function endTraining({ project }: Pick<Asked, 'project'>, id: number, error: unknown): unknown {
  if (hasCode(error, 'cancelled')) project.trainings.cancel(id);
  else project.trainings.fail(id, failureOf(error));
  if (error instanceof DeviceFailedError) return error.ofTraining(id);
  // Told by another process.
  if (hasCode(error, 'device-failed'))
    return new CcnetError('device-failed', { ...error.facts, training: id });
  return error;
}

/** Stores a trained network and its run together; of a run that is stored already only the network is new. */
export function storeTraining(
  asked: Asked,
  id: number,
  outcome: TrainingOutcome,
): { record: TrainedNetworkRecord; run: CalibrationRun } {
  const { project, dataset, network, recipe, seed, fold } = asked;
  const { run, validation, test } = outcome;
  const stored = project.transaction(() => {
    const runId = project.runs.add(run) ?? project.runs.idOf(run);
    project.trainings.finish(id);
    return project.networks.add(
      {
        datasetId: dataset.id,
        trainingId: id,
        runId,
        network,
        parameters: run.parameters,
        recipe,
        seed,
        fold,
        engine: run.engine,
        preprocessing: preparationNumbers(recipe.workingSide),
        validation,
        test,
      },
      outcome.weights,
    );
  });
  const record = project.networks.byId(stored);
  if (!record) throw new Error(`The trained network ${stored} was stored but cannot be read back.`);
  return { record, run };
}
