import { describe, expect, it } from 'vitest';
import type { RunView } from '#contract/channels.ts';
import { seedWords } from '../../src-renderer/state/library/seedWords.ts';
import { sortRuns } from '../../src-renderer/state/library/sortRuns.ts';
import { fakeRuns } from './fake/fakeLibrary.ts';

const VIEWS = fakeRuns();

describe('the table of runs', () => {
  it.each([false, true])('sorts by any column (descending: %s)', (descending) => {
    const values = sortRuns(VIEWS, 'dice', descending).map(({ run }) => run.testDice);
    expect(values).toEqual([...values].sort((a, b) => (descending ? b - a : a - b)));
  });

  it('tells networks of one size and seed apart by their folds, the first on top', () => {
    const inFold = (number: number): RunView[] =>
      VIEWS.slice(0, 1).map((view) => ({ ...view, run: { ...view.run, seed: 1, fold: { number, of: 3 } } }));
    const sorted = sortRuns([...inFold(3), ...inFold(1), ...inFold(2)], 'dataset', false);
    expect(sorted.map(({ run }) => seedWords(run))).toEqual(['1 (fold 1/3)', '1 (fold 2/3)', '1 (fold 3/3)']);
    expect(seedWords({ seed: 2, fold: null })).toBe('2');
  });
});
