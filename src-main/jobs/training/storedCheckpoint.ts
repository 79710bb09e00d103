import { CcnetError, hasCode } from '#common/errors.ts';
import type { Checkpoint } from '#common/training/training.ts';
import { describeNetwork } from '../../network/describeNetwork.ts';
import type { Project } from '../../project/project.ts';
import type { TrainingRecord } from '../../project/records/trainings.ts';
import { checkpointFault } from '../../training/checkpointFault.ts';

/**
 * The state from which a training goes on, or undefined for a training that begins. One that cannot be used is told once; who starts the
 * training again after that wants it from the beginning, and the state is discarded.
 * @throws checkpoint-unusable
 */
export function storedCheckpoint(project: Project, training: TrainingRecord): Checkpoint | undefined {
  if (training.error?.code === 'checkpoint-unusable') {
    project.checkpoints.remove(training.id);
    return undefined;
  }
  const reason = (detail: string): CcnetError =>
    new CcnetError('checkpoint-unusable', { training: training.id, reason: detail });
  try {
    const checkpoint = project.checkpoints.load(training.id);
    if (!checkpoint) return undefined;
    const fault = checkpointFault(checkpoint, describeNetwork(training.network), training.recipe);
    if (fault === null) return checkpoint;
    throw reason(fault);
  } catch (error) {
    throw hasCode(error, 'project-damaged') ? reason(error.message) : error;
  }
}
