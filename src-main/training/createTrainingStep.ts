import { getBackend } from '@tensorflow/tfjs-core';
import type { LayersModel } from '@tensorflow/tfjs-layers';
import { canCompile, compileStep } from '../engine/compiled/compileStep.ts';
import { NATIVE_BACKEND } from '../engine/native/registerNativeBackend.ts';
import { onDevice } from '../engine/onDevice.ts';
import type { LossOptions, LocalTrainingStep } from '../engine/trainingStep.ts';
import { GuardedStep } from './guardedStep.ts';
import { TapeStep } from './tapeStep.ts';

/** "auto": compiled where the current backend is the native one and the model allows it, else the tape. */
export type StepKind = 'auto' | 'tape' | 'compiled';

/**
 * Makes the training step of a model; its `implementation` says which one it is. What was learnt is read from the
 * step's `weights()`: the compiled step leaves the model as it was. The caller disposes the step, then the model.
 * @param seed of the dropout masks
 * @throws DeviceFailedError here and in every call of the step when the current device fails.
 * @throws UnsupportedLayerError when "compiled" is asked for and the model has a layer that cannot be compiled.
 */
export function createTrainingStep(
  model: LayersModel,
  loss: LossOptions,
  kind: StepKind = 'auto',
  seed = 0,
): LocalTrainingStep {
  const compiled =
    kind === 'compiled' || (kind === 'auto' && getBackend() === NATIVE_BACKEND && canCompile(model) === null);
  return onDevice(
    () => new GuardedStep(compiled ? compileStep(model, loss, { seed }) : new TapeStep(model, loss)),
  );
}
