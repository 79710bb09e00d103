import type { LayersModel } from '@tensorflow/tfjs-layers';
import { kernels } from '../../kernels/kernels.ts';
import { compileStep } from '../../../src-main/engine/compiled/compileStep.ts';
import type { LocalTrainingStep } from '../../../src-main/engine/trainingStep.ts';
import { TapeStep } from '../../../src-main/training/tapeStep.ts';
import type { VectorCase } from './vectorCases.ts';

export interface StepKind {
  readonly kind: string;
  readonly make: (model: LayersModel, options: VectorCase) => LocalTrainingStep;
}

/** The compiled step for each instruction set of this processor, and the gradient tape. */
export const STEP_KINDS: readonly StepKind[] = [
  ...kernels.instructionSets().map((instructionSet) => ({
    kind: `compiled step for ${instructionSet}`,
    make: (model: LayersModel, options: VectorCase) => compileStep(model, options, { instructionSet }),
  })),
  { kind: 'tape on the native backend', make: (model, options) => new TapeStep(model, options) },
];
