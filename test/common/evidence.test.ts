import { describe, expect, it } from 'vitest';
import type { CalibrationRun } from '#common/calibration/calibrationRun.ts';
import { commonRecipe } from '#common/calibration/commonRecipe.ts';
import { gatherEvidence, ownRuns } from '#common/calibration/evidence.ts';
import { DEFAULT_RECIPE } from '#common/training/defaultRecipe.ts';
import { calibrationRun } from '../prediction/calibrationRun.ts';

const LONGER = { ...DEFAULT_RECIPE, epochs: DEFAULT_RECIPE.epochs + 1 };
const on = (datasetFingerprint: string, change: Partial<CalibrationRun> = {}): CalibrationRun =>
  calibrationRun({ datasetFingerprint, ...change });
const question = { family: 'unet', width: 64, fingerprint: 'mine' } as const;

describe('the common recipe', () => {
  it('is the one of most datasets, not of most runs', () => {
    const many = [1, 2, 3].map((seed) => on('a', { seed, recipe: LONGER }));
    expect(commonRecipe([...many, on('a'), on('b')])).toEqual(DEFAULT_RECIPE);
  });

  it('is one at the working resolution that is asked about, where there are enough datasets', () => {
    const finer = { ...DEFAULT_RECIPE, workingSide: 512 };
    const usual = ['a', 'b', 'c', 'd', 'e', 'f'].map((name) => on(name));
    const fine = ['g', 'h', 'i'].map((name) => on(name, { recipe: finer }));
    expect(commonRecipe([...usual, ...fine], 512)).toEqual(finer);
    expect(commonRecipe([...usual, ...fine], 128)).toEqual(DEFAULT_RECIPE);
    expect(gatherEvidence([...usual, ...fine], { ...question, workingSide: 512 })).toMatchObject({
      recipe: finer,
      calibration: fine,
      otherRecipes: 6,
    });
    expect(commonRecipe([...usual, ...fine.slice(1)], 512)).toEqual(DEFAULT_RECIPE);
    expect(commonRecipe([...usual.slice(4), ...fine.slice(1)], 512)).toEqual(finer);
  });

  it('is the one of most runs among equals, and none without runs', () => {
    expect(
      commonRecipe([on('a'), on('a', { recipe: LONGER }), on('a', { recipe: LONGER, seed: 2 })]),
    ).toEqual(LONGER);
    expect(commonRecipe([])).toBeUndefined();
  });
});

describe('what a prediction rests on', () => {
  const runs = [
    on('a'),
    on('b'),
    on('b', { recipe: LONGER }),
    on('c', { learnt: false }),
    on('mine'),
    on('mine', { recipe: LONGER }),
    on('mine', { seed: 2 }),
    on('mine', { seed: 3, excluded: 'wrong masks' }),
  ];

  it('is made by one recipe, on other datasets and on the dataset itself', () => {
    const evidence = gatherEvidence(runs, question);
    expect(evidence.recipe).toEqual(DEFAULT_RECIPE);
    expect(evidence.calibration).toEqual([runs[0], runs[1]]);
    expect(evidence.otherRecipes).toBe(1);
    expect(evidence.own).toEqual([runs[4], runs[6]]);
  });

  it('goes by the recipe of the other datasets, however often the dataset itself was trained on', () => {
    const often = [1, 2, 3].map((seed) => on('mine', { seed, recipe: LONGER }));
    expect(gatherEvidence([on('a'), ...often], question)).toMatchObject({ recipe: DEFAULT_RECIPE, own: [] });
  });

  it('is one recipe of the dataset itself where no other was calibrated', () => {
    const own = [on('mine', { recipe: LONGER }), on('mine', { recipe: LONGER, seed: 2 }), on('mine')];
    const evidence = gatherEvidence(own, question);
    expect(evidence).toMatchObject({ recipe: LONGER, calibration: [], otherRecipes: 0 });
    expect(evidence.own).toEqual(own.slice(0, 2));
  });

  it('is nothing without runs', () => {
    expect(gatherEvidence([], question)).toEqual({
      recipe: undefined,
      calibration: [],
      own: [],
      otherRecipes: 0,
    });
  });

  it('has no runs of its own while there is no dataset', () => {
    const evidence = gatherEvidence(runs, { ...question, fingerprint: undefined });
    expect(evidence.own).toEqual([]);
    expect(evidence.calibration).toHaveLength(4);
  });

  it('compares a trained network with those that were trained like it', () => {
    expect(ownRuns(runs, question, LONGER)).toEqual([runs[5]]);
  });
});
