import type { TrainingRecipe } from './training.ts';

/** How networks are trained unless told otherwise. */
export const DEFAULT_RECIPE: TrainingRecipe = {
  workingSide: 256,
  maskResize: 'area',
  imageResize: 'centred',
  crop: 128,
  batch: 8,
  epochs: 20,
  stepsPerEpoch: 20,
  learningRate: 3e-3,
  learningRateScaling: 'width',
  warmupSteps: 20,
  patience: 0,
  foregroundWeight: 'balanced',
  augmentation: 'full',
};
