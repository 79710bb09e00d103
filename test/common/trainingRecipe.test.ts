import { expect, it } from 'vitest';
import { DEFAULT_RECIPE } from '#common/training/defaultRecipe.ts';
import { trainableRecipe } from '#common/training/trainableRecipe.ts';
import { trainingRecipeSchema } from '#common/training/training.ts';

it('a recipe stored by version 0.1.0 says that its masks were reduced by the nearest pixel, and is not the default', () => {
  const stored: Partial<typeof DEFAULT_RECIPE> = { ...DEFAULT_RECIPE };
  delete stored.maskResize;
  const read = trainingRecipeSchema.parse(stored);
  expect(read.maskResize).toBe('nearest');
  expect(read).not.toEqual(DEFAULT_RECIPE);
  expect(trainableRecipe(read)).toEqual(DEFAULT_RECIPE);
});
