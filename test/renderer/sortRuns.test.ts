import { describe, expect, it } from 'vitest';
import { sortRuns } from '../../src-renderer/state/library/sortRuns.ts';
import { fakeRuns } from './fake/fakeLibrary.ts';

const VIEWS = fakeRuns();

describe('the table of runs', () => {
  it.each([false, true])('sorts by any column (descending: %s)', (descending) => {
    const values = sortRuns(VIEWS, 'dice', descending).map(({ run }) => run.testDice);
    expect(values).toEqual([...values].sort((a, b) => (descending ? b - a : a - b)));
  });
});
