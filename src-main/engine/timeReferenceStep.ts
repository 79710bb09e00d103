import { referenceStep } from './referenceStep.ts';

/** Large enough to be a fair sample of a training step. */
const SIZE = { batch: 4, side: 64, width: 8 };
const STEPS = 5;
/** Slow steps vary less, and cost more to repeat. */
const ENOUGH_MILLISECONDS = 2000;

/**
 * Median milliseconds of a training step of the reference network (two levels, width 8, batch 4 of 64x64) on TensorFlow.js's
 * current backend.
 */
export async function timeReferenceStep(): Promise<number> {
  const step = referenceStep(SIZE);
  await step.train();
  const times: number[] = [];
  for (let sum = 0; times.length < STEPS && sum < ENOUGH_MILLISECONDS;) {
    const start = performance.now();
    await step.train();
    const time = performance.now() - start;
    times.push(time);
    sum += time;
  }
  step.dispose();
  return times.sort((a, b) => a - b)[times.length >> 1] ?? Number.NaN;
}
