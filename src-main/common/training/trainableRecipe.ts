import { canonicalJson } from '../canonicalJson.ts';
import type { TrainingRecipe } from './training.ts';

/** A stored recipe as networks can be trained today: masks are no longer reduced by the nearest pixel. */
export function trainableRecipe(recipe: TrainingRecipe): TrainingRecipe {
  return { ...recipe, maskResize: 'area' };
}

/** Whether a network that is trained today can stand beside those of a stored recipe. */
export function probesJoin(recipe: TrainingRecipe): boolean {
  return canonicalJson(trainableRecipe(recipe)) === canonicalJson(recipe);
}
