import type { TrainingStep } from '../../src-main/engine/trainingStep.ts';
import type { Batch } from '../../src-main/engine/trainingStep.ts';
import { middle } from './middle.ts';

const AHEAD = 4;

/** Milliseconds a step and an inference, as a training runs them: up to four steps ahead, the loss of each read. */
export async function timeSteps(step: TrainingStep, batch: Batch, enough: number): Promise<number> {
  for (let i = 0; i < 3; i++) await step.run(batch, 1e-3);
  const times: number[] = [];
  for (let spent = 0; times.length < 3 || (spent < enough && times.length < 20);) {
    const begin = performance.now();
    const rounds = spent === 0 ? 1 : 8;
    const owed: (number | Promise<number>)[] = [];
    for (let i = 0; i < rounds; i++) {
      owed.push(step.run(batch, 1e-3));
      if (owed.length > AHEAD) await owed.shift();
    }
    for (const loss of owed) await loss;
    const elapsed = performance.now() - begin;
    spent += elapsed;
    times.push(elapsed / rounds);
    // One slow step says enough.
    if (elapsed > enough) break;
  }
  return middle(times.length > 1 ? times.slice(1) : times);
}

/** Median milliseconds of an inference, its answer on the processor. */
export async function timePredictions(
  step: TrainingStep,
  side: number,
  channels: number,
  enough: number,
): Promise<number> {
  const images = new Float32Array(side * side * channels).map((_, i) => Math.sin(i));
  await step.predict(images, 1, side, side);
  const times: number[] = [];
  for (let spent = 0; times.length < 3 || (spent < enough && times.length < 50);) {
    const begin = performance.now();
    await step.predict(images, 1, side, side);
    times.push(performance.now() - begin);
    spent += times.at(-1) ?? 0;
    if (spent > enough) break;
  }
  return middle(times);
}
