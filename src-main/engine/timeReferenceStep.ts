import { referenceStep, TIMED_SIZE } from './referenceStep.ts';
import { timeSteps } from './timeSteps.ts';

/** Median milliseconds of a training step of the reference network of TIMED_SIZE on TensorFlow.js's current backend. */
export async function timeReferenceStep(): Promise<number> {
  const step = referenceStep(TIMED_SIZE);
  const median = await timeSteps(() => step.train());
  step.dispose();
  return median;
}
