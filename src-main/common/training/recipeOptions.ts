import type { TrainingRecipe } from './training.ts';

/** The options of the command line that set fields of a training recipe, by field: for reading them, and for the commands in reports. */
export const RECIPE_OPTIONS = {
  workingSide: 'working-side',
  crop: 'crop',
  batch: 'batch',
  epochs: 'epochs',
  stepsPerEpoch: 'steps',
  learningRate: 'learning-rate',
  patience: 'patience',
  teacherWidth: 'distil',
} as const satisfies Partial<Record<keyof TrainingRecipe, string>>;
