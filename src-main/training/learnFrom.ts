import type { TrainingStep } from '../engine/trainingStep.ts';
import type { NextBatch } from './batches.ts';

/** Steps that a device which answers later may be asked for before it has answered: it computes one while the next batch is cut and sent. */
export const STEPS_AHEAD = 2;

/** One optimisation step on a batch, or on crops that the device cuts itself. @returns the loss, at once or later */
export function learnFrom(
  step: TrainingStep,
  batch: NextBatch,
  learningRate: number,
): number | Promise<number> {
  if (!('crops' in batch)) return step.run(batch, learningRate);
  if (!step.holder) throw new Error('A step that holds no images is asked to cut some.');
  return step.holder.runCrops(batch, learningRate);
}
