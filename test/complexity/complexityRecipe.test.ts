import { expect, it } from 'vitest';
import { complexityKernels } from '../../src-main/complexity/complexityKernels.ts';
import { COMPLEXITY_RECIPE, complexityRecipe } from '#common/dataset/complexityRecipe.ts';
import { MEASURES } from '#common/dataset/complexity.ts';

it('the recipe repeats the constants of the kernels', () => {
  expect(COMPLEXITY_RECIPE).toMatchObject(complexityKernels().measureParameters);
});

it('the kernels and the JPEG encoder give every measure of the contract, once', () => {
  expect([...complexityKernels().measureNames, 'jpeg'].sort()).toEqual([...MEASURES].sort());
});

it('recipes of different working resolutions have different identifiers', () => {
  expect(complexityRecipe(256)).not.toBe(complexityRecipe(512));
  expect(complexityRecipe(256)).toMatch(/^ccnet-\d+;side=256;/);
});
