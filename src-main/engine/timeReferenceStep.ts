import { referenceStep } from './referenceStep.ts';

/** Large enough to be a fair sample of a training step. */
const SIZE = { batch: 4, side: 64, width: 8 };
const STEPS = 5;

/**
 * Median milliseconds of a training step of the reference network (two levels, width 8, batch 4 of 64x64) on TensorFlow.js's
 * current backend.
 */
export async function timeReferenceStep(): Promise<number> {
  const step = referenceStep(SIZE);
  await step.train();
  const times: number[] = [];
  for (let i = 0; i < STEPS; ++i) {
    const start = performance.now();
    await step.train();
    times.push(performance.now() - start);
  }
  step.dispose();
  return times.sort((a, b) => a - b)[Math.floor(STEPS / 2)] ?? Number.NaN;
}
