import type { LayersModel } from '@tensorflow/tfjs-layers';
import type { LossOptions, TrainingStep } from '../engine/trainingStep.ts';
import { TapeStep } from './tapeStep.ts';

/** "auto": compiled where the current backend is the native one, else the tape. */
export type StepKind = 'auto' | 'tape' | 'compiled';

/**
 * Makes the training step of a model on TensorFlow.js's current backend. Its `implementation` says which one it is.
 * The step trains the model's own weights; the caller disposes the step, then the model.
 */
export function createTrainingStep(
  model: LayersModel,
  loss: LossOptions,
  kind: StepKind = 'auto',
): TrainingStep {
  if (kind === 'compiled') throw new Error('The compiled training step is not part of this build.');
  return new TapeStep(model, loss);
}
