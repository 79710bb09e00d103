import { describe, expect, it } from 'vitest';
import { plannedWords } from '../../src-renderer/state/wizard/forecastWords.ts';

const PLAN = {
  forecasts: [{ seconds: 120, peakBytes: 3e8 }],
  usualEpochs: 20,
  epochs: 20,
  device: 'native',
} as const;

describe('what a training takes, in the form', () => {
  it('follows the number of passes', () => {
    expect(plannedWords(PLAN)).toBe('Takes about 2 min, up to 300 MB of memory.');
    expect(plannedWords({ ...PLAN, epochs: 60 })).toBe('Takes about 6 min, up to 300 MB of memory.');
  });

  it('adds up the time of several and names the largest memory', () => {
    const forecasts = [...PLAN.forecasts, { seconds: 3480, peakBytes: 5e8 }, { seconds: 0, peakBytes: null }];
    expect(plannedWords({ ...PLAN, forecasts })).toBe('Takes about 1.0 h, up to 500 MB of memory.');
  });

  it('claims nothing that was not measured', () => {
    expect(plannedWords({ ...PLAN, device: 'webgpu' })).not.toMatch(/\d/);
    expect(plannedWords({ ...PLAN, forecasts: [...PLAN.forecasts, null] })).not.toMatch(/\d/);
  });
});
