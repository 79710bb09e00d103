import type { LayersModel } from '@tensorflow/tfjs-layers';
import type { LossOptions } from '../trainingStep.ts';
import { CompiledStep, type CompileOptions } from './compiledStep.ts';
import { planModel } from './planModel.ts';
import { UnsupportedLayerError } from './unsupportedLayerError.ts';

/**
 * Makes a training step that runs forward pass, loss, backward pass and Adam in C++, in one piece of memory and without
 * TensorFlow.js. The model gives the graph and the first weights, whatever backend holds them, and is not changed:
 * the trained weights are those of `weights()`.
 * @throws UnsupportedLayerError naming the layer and the reason when the graph has something else than the layers of
 *   the base networks.
 */
export function compileStep(
  model: LayersModel,
  loss: LossOptions,
  options: CompileOptions = {},
): CompiledStep {
  return new CompiledStep(model, planModel(model), loss, options);
}

/** Why a model cannot be compiled, as a sentence, or null when it can. */
export function canCompile(model: LayersModel): string | null {
  try {
    planModel(model);
    return null;
  } catch (error) {
    if (error instanceof UnsupportedLayerError) return error.message;
    throw error;
  }
}
