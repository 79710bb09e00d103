import type { TrainingRecipe } from './training.ts';

/** A stored recipe as networks can be trained today: masks are no longer reduced by the nearest pixel. */
export function trainableRecipe(recipe: TrainingRecipe): TrainingRecipe {
  return { ...recipe, maskResize: 'area' };
}
