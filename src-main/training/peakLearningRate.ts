import type { NetworkSpec } from '#common/network/network.ts';
import type { TrainingRecipe } from '#common/training/training.ts';

/** Filters in the first level of the network whose rate the recipe names. */
const REFERENCE_WIDTH = 16;
/** No network learns faster than this times the recipe's rate: what two filters ask for. */
const FASTEST = Math.sqrt(REFERENCE_WIDTH / 2);

/**
 * Peak learning rate of a network. Where the recipe scales it by width, it falls with the square root of the first level's filters: narrow
 * networks have fewer weights to add up a step of Adam over, and learn more in the same number of steps (measured: docs/engine.md).
 */
export function peakLearningRate(
  { learningRate, learningRateScaling }: Pick<TrainingRecipe, 'learningRate' | 'learningRateScaling'>,
  { width, factor }: Pick<NetworkSpec, 'width' | 'factor'>,
): number {
  if (learningRateScaling === undefined) return learningRate;
  return learningRate * Math.min(FASTEST, Math.sqrt(REFERENCE_WIDTH / (width * factor)));
}
