import { describe, expect, it } from 'vitest';
import { shareThreads } from '../../../src-main/calibration/schedule/shareThreads.ts';

/** Amdahl: a share of the work that threads cannot divide. */
const amdahl = (serial: number, seconds = 1) => ({
  seconds: (threads: number) => seconds * (serial + (1 - serial) / threads),
});

describe('shareThreads', () => {
  it('gives one to each, and the rest to those that they speed up most', () => {
    expect(shareThreads([amdahl(0.5), amdahl(0), amdahl(0.5)], 8)).toEqual([1, 6, 1]);
    expect(shareThreads([amdahl(0.1), amdahl(0.1)], 4)).toEqual([2, 2]);
  });

  it('does not count a long training for more than a short one', () => {
    expect(shareThreads([amdahl(0.1, 1000), amdahl(0.1, 1)], 8)).toEqual([4, 4]);
  });

  it('gives none where they do not help', () => {
    expect(shareThreads([amdahl(1)], 16)).toEqual([1]);
    expect(shareThreads([{ seconds: (threads) => (threads < 4 ? 1 / threads : 1 / 3) }], 16)).toEqual([3]);
  });

  it('gives each one also where there are more trainings than threads', () => {
    expect(shareThreads([amdahl(0), amdahl(0), amdahl(0)], 2)).toEqual([1, 1, 1]);
    expect(shareThreads([], 2)).toEqual([]);
  });
});
