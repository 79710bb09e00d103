import type { TrainingRecipe } from './training.ts';

/** The recipe of the network that others learn from: the same, without a network to learn from. */
export function undistilled(recipe: TrainingRecipe): TrainingRecipe {
  const { teacherWidth, ...rest } = recipe;
  return teacherWidth === undefined ? recipe : rest;
}
