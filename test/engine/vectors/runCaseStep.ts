import type { LocalTrainingStep } from '../../../src-main/engine/trainingStep.ts';
import { randomBatch } from '../compiled/randomBatch.ts';
import type { VectorCase } from './vectorCases.ts';

/** Makes the step of this number, from 1, on its batch. @returns the loss before it. */
export function runCaseStep(step: LocalTrainingStep, number: number, options: VectorCase): number {
  const { images, side, channels, learningRate } = options;
  return step.run(randomBatch(images, side, side, channels, number), learningRate);
}
