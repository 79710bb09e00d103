import type { LayersModel } from '@tensorflow/tfjs-layers';
import type { NetworkSpec } from '#common/network/network.ts';
import type { LossOptions, OpenStep, TrainingStep } from '../engine/trainingStep.ts';
import { modelWeights } from '../network/modelWeights.ts';
import { createTrainingStep, type StepKind } from './createTrainingStep.ts';

export interface OpenTrainingStepOptions {
  readonly spec: NetworkSpec;
  /** The network of `spec` with its first weights; it stays the caller's. */
  readonly model: LayersModel;
  readonly loss: LossOptions;
  /** Of the dropout masks. */
  readonly seed: number;
  readonly stepKind: StepKind;
  readonly openStep: OpenStep | null;
}

/**
 * Makes the training step of a model where it is to be trained: on a device outside this process when `openStep` leads there, and
 * on TensorFlow.js's current backend otherwise. The caller disposes the step, then the model.
 */
export async function openTrainingStep(options: OpenTrainingStepOptions): Promise<TrainingStep> {
  const { spec, model, loss, seed, stepKind, openStep } = options;
  if (openStep) return openStep({ spec, weights: modelWeights(model), loss, seed });
  return createTrainingStep(model, loss, stepKind, seed);
}
