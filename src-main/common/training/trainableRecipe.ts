import { canonicalJson } from '../canonicalJson.ts';
import type { TrainingRecipe } from './training.ts';

/** A stored recipe as networks can be trained today: images and masks are brought to the working resolution in one way only. */
export function trainableRecipe(recipe: TrainingRecipe): TrainingRecipe {
  return { ...recipe, maskResize: 'area', imageResize: 'centred' };
}

/** Whether a network that is trained today can stand beside those of a stored recipe. */
export function probesJoin(recipe: TrainingRecipe): boolean {
  return canonicalJson(trainableRecipe(recipe)) === canonicalJson(recipe);
}
