import { expect, it } from 'vitest';
import type { JobResult } from '#contract/jobs/jobKinds.ts';
import { sweepOutcome } from '../../src-renderer/state/jobs/sweepOutcome.ts';

const run = (learnt: boolean) => ({
  ...{ dataset: 'glands', alpha: 1, seed: 1, fold: '', parameters: 1000 },
  ...{ testDice: 0.8, learnt, seconds: 3, engine: 'native' },
});
const sweep = (trained: number, skipped: number, learnt: readonly boolean[]): JobResult => ({
  ...{ trained, skipped, planned: trained, forecast: null },
  runs: learnt.map(run),
});

it.each([
  [sweep(12, 3, [true, false]), '12 networks trained, 3 stored already; 1 did not learn.'],
  [sweep(1, 0, [true]), '1 network trained.'],
  [sweep(0, 6, []), '0 networks trained, 6 stored already.'],
  [null, null],
  [{ removed: 3, kept: 0 }, null],
] as const)('%j is said as %s', (result, words) => {
  expect(sweepOutcome({ state: 'finished', result })).toBe(words);
  expect(sweepOutcome({ state: 'running', result })).toBeNull();
});
