import type { TrainingRecipe } from '#common/training/training.ts';

/**
 * Learning rate of a step (from 0): a linear warm-up to the peak, then half a cosine down to 0 at the end of the last
 * epoch (Loshchilov & Hutter 2017, without restarts).
 */
export function learningRateAt(
  step: number,
  recipe: Pick<TrainingRecipe, 'learningRate' | 'warmupSteps' | 'epochs' | 'stepsPerEpoch'>,
): number {
  const { learningRate, warmupSteps, epochs, stepsPerEpoch } = recipe;
  if (step < warmupSteps) return (learningRate * (step + 1)) / warmupSteps;
  const decaySteps = Math.max(1, epochs * stepsPerEpoch - warmupSteps);
  return (learningRate / 2) * (1 + Math.cos(Math.PI * Math.min(1, (step - warmupSteps) / decaySteps)));
}
