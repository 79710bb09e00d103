import '@tensorflow/tfjs-backend-cpu';
import { CompiledStep } from '../../../src-main/engine/compiled/compiledStep.ts';
import { stepAddon } from '../../../src-main/engine/compiled/stepAddon.ts';
import type { LocalTrainingStep, StepOrder } from '../../../src-main/engine/trainingStep.ts';
import { TapeStep } from '../../../src-main/engine/tape/tapeStep.ts';
import { startWeights } from './startWeights.ts';
import type { VectorCase } from './vectorCases.ts';

export interface StepKind {
  readonly kind: string;
  readonly make: (options: VectorCase) => LocalTrainingStep;
}

/** The compiled step for each instruction set of this processor. */
export const COMPILED_KINDS: readonly StepKind[] = stepAddon()
  .instructionSets()
  .map((instructionSet) => ({
    kind: `compiled step for ${instructionSet}`,
    make: (options) => new CompiledStep(orderOf(options), instructionSet),
  }));

/** The gradient tape, on TensorFlow.js's slow backend in JavaScript. */
export const TAPE_KIND: StepKind = {
  kind: 'tape',
  make: (options) => new TapeStep(orderOf(options), 'cpu'),
};

function orderOf({ layers, foregroundWeight }: VectorCase): StepOrder {
  return { layers, weights: startWeights(layers), loss: { foregroundWeight }, seed: 0 };
}
