import { referenceBatch, referenceOrder } from './referenceNetwork.ts';
import type { OpenStep } from './trainingStep.ts';

/** Large enough to be a fair sample of a training step. */
const SIZE = { batch: 4, side: 64, width: 8 };
const STEPS = 5;
/** Slow steps vary less, and cost more to repeat. */
const ENOUGH_MILLISECONDS = 2000;

/** Median milliseconds of a few training steps of the reference network on a device, after one that is not counted. */
export async function timeStep(openStep: OpenStep): Promise<number> {
  const step = await openStep(referenceOrder(SIZE.width));
  try {
    const batch = referenceBatch(SIZE.batch, SIZE.side);
    await step.run(batch, 1e-2);
    const times: number[] = [];
    for (let sum = 0; times.length < STEPS && sum < ENOUGH_MILLISECONDS;) {
      const start = performance.now();
      await step.run(batch, 1e-2);
      const time = performance.now() - start;
      times.push(time);
      sum += time;
    }
    return times.sort((a, b) => a - b)[times.length >> 1] ?? Number.NaN;
  } finally {
    await step.dispose();
  }
}
