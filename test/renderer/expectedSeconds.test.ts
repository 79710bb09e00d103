import { describe, expect, it } from 'vitest';
import { expectedSeconds } from '../../src-renderer/state/wizard/expectedSeconds.ts';
import { fakeRuns } from './fake/fakeLibrary.ts';

const RUNS = fakeRuns().map((view) => view.run);
const recipe = RUNS[0]?.recipe;

describe('how long a training takes here', () => {
  it('is what was forecast for this machine', () => {
    const forecast = { seconds: 12, low: 10, high: 15, peakBytes: null };
    expect(expectedSeconds({ alpha: 1 / 2, forecast }, RUNS, recipe)).toBe(12);
  });

  it('is the median of earlier trainings of that size by that recipe where there is no forecast', () => {
    expect(expectedSeconds({ alpha: 1 / 2 }, RUNS, recipe)).toBe(340);
    expect(expectedSeconds({ alpha: 1 / 2, forecast: null }, RUNS, recipe)).toBe(340);
  });

  it('is not known where neither is there', () => {
    expect(expectedSeconds({ alpha: 1 / 3 }, RUNS, recipe)).toBeNull();
    expect(expectedSeconds({ alpha: 1 / 2 }, RUNS, recipe && { ...recipe, epochs: 3 })).toBeNull();
    expect(expectedSeconds({ alpha: 1 / 2 }, RUNS, undefined)).toBeNull();
  });
});
