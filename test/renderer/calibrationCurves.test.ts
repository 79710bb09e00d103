import { describe, expect, it } from 'vitest';
import {
  calibrationCurves,
  forecastTraining,
  runsBy,
  usableRuns,
  usualRecipes,
} from '../../src-renderer/state/library/calibrationCurves.ts';
import { sortRuns } from '../../src-renderer/state/library/sortRuns.ts';
import { fakeRuns } from './fake/fakeLibrary.ts';

const VIEWS = fakeRuns();
const RUNS = VIEWS.map((view) => view.run);

describe('calibration curves', () => {
  it('join the sizes of each dataset, over seeds, without runs that have not learnt', () => {
    const curves = calibrationCurves(usableRuns(RUNS, 'unet', 16));
    expect(curves).toHaveLength(7);
    const [first] = curves;
    const alone = RUNS.filter(
      (run) => run.datasetFingerprint === first?.fingerprint && run.network.factor === 1,
    );
    expect(first?.points.at(-1)?.dice).toBeCloseTo(alone.reduce((sum, run) => sum + run.testDice, 0) / 2);
    expect(first?.points.map((point) => point.parameters)).toEqual(
      first?.points.map((point) => point.parameters).sort((a, b) => a - b),
    );
  });

  it('leave out what the user excluded and other networks', () => {
    const [one, ...others] = RUNS;
    if (!one) throw new Error('no run');
    expect(usableRuns([{ ...one, excluded: 'wrong masks' }, ...others], 'unet', 16)).toHaveLength(80);
    expect(usableRuns(RUNS, 'fcn8s', 16)).toEqual([]);
  });

  it('hold only runs that were made alike, as predictions do', () => {
    const [one, ...others] = RUNS;
    if (!one) throw new Error('no run');
    const mixed = [
      { ...one, complexityRecipe: 'another' },
      { ...one, recipe: { ...one.recipe, epochs: 1 } },
      ...others,
    ];
    expect(runsBy(mixed, usualRecipes(mixed))).toHaveLength(others.length);
    expect(runsBy(mixed, undefined)).toEqual([]);
  });

  it('name the usual recipe, and what training a size took', () => {
    const recipe = usualRecipes(RUNS)?.recipe;
    if (!recipe) throw new Error('no recipe');
    expect(forecastTraining(RUNS, 1 / 2, recipe)).toEqual({ seconds: 340, runs: 14 });
    expect(forecastTraining(RUNS, 1 / 2, { ...recipe, epochs: 3 })).toBeNull();
    expect(usualRecipes([])).toBeUndefined();
  });
});

describe('the table of runs', () => {
  it.each([false, true])('sorts by any column (descending: %s)', (descending) => {
    const values = sortRuns(VIEWS, 'dice', descending).map(({ run }) => run.testDice);
    expect(values).toEqual([...values].sort((a, b) => (descending ? b - a : a - b)));
  });
});
