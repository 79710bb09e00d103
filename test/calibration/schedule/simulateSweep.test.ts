import { describe, expect, it } from 'vitest';
import type { ScheduledTraining } from '../../../src-main/calibration/schedule/scheduledTraining.ts';
import { simulateSweep, sweepStart } from '../../../src-main/calibration/schedule/simulateSweep.ts';

const training = (seconds: (threads: number) => number, after: number | null = null): ScheduledTraining => ({
  device: 'native',
  bytes: 1,
  after,
  seconds,
});
const serial = (seconds: number) => training(() => seconds);
const capacity = (threads: number, native: number) => ({ threads, slots: { native }, bytes: 1e9 });

describe('simulateSweep', () => {
  it('is the sum of all where they run one after the other', () => {
    expect(simulateSweep([serial(3), serial(4), serial(5)], capacity(4, 1))).toBeCloseTo(12);
  });

  it('packs what runs side by side', () => {
    // 3 | 4 begin; 5 follows the 3: it ends at 8.
    expect(simulateSweep([serial(3), serial(4), serial(5)], capacity(2, 2))).toBeCloseTo(8);
  });

  it('gives the last one the threads that the others leave', () => {
    const scaling = (seconds: number) => training((threads) => seconds / threads);
    // On one thread each for 2 s; then 8 s of work are left on two.
    expect(simulateSweep([scaling(2), scaling(10)], capacity(2, 2))).toBeCloseTo(6);
  });

  it('counts how trainings slow each other down only while there are several', () => {
    expect(simulateSweep([serial(2), serial(4)], capacity(2, 2), undefined, 1.5)).toBeCloseTo(
      3 + (1 - 3 / 6) * 4,
    );
  });

  it('waits for the network that others learn from', () => {
    const sweep = [serial(5), training(() => 3, 0), training(() => 3, 0)];
    expect(simulateSweep(sweep, capacity(4, 4))).toBeCloseTo(8);
  });

  it('goes on from any moment', () => {
    const sweep = [serial(4), serial(4), serial(4)];
    const moment = { waiting: [2], running: [1], finished: new Set([0]), done: new Map([[1, 0.5]]) };
    expect(simulateSweep(sweep, capacity(1, 1), moment)).toBeCloseTo(6);
    expect(simulateSweep(sweep, capacity(1, 1), sweepStart(sweep))).toBeCloseTo(12);
    const end = { waiting: [], running: [], finished: new Set([0, 1, 2]), done: new Map<number, number>() };
    expect(simulateSweep(sweep, capacity(1, 1), end)).toBe(0);
  });
});
