import { describe, expect, it } from 'vitest';
import type { ScheduledTraining } from '../../src-main/calibration/schedule/scheduledTraining.ts';
import { SweepTimeLeft } from '../../src-main/jobs/sweep/sweepTimeLeft.ts';

const training = (seconds: number, device: ScheduledTraining['device'] = 'native'): ScheduledTraining => ({
  ...{ device, bytes: 1, after: null },
  seconds: (threads) => seconds / threads,
});
const oneByOne = { threads: 1, slots: { native: 1 }, bytes: 1e9 };
const sideBySide = { threads: 2, slots: { native: 2 }, bytes: 1e9 };

/** One training from its beginning to its end: seconds before its steps, of each tenth of them, and after them. @returns when it ended */
function pass(
  left: SweepTimeLeft,
  index: number,
  { from, before, tenth, after }: Record<'from' | 'before' | 'tenth' | 'after', number>,
): number {
  left.begin(index, from);
  for (let i = 0; i <= 10; i++) left.steps(index, i / 10, from + before + i * tenth);
  const end = from + before + 10 * tenth + after;
  left.end(index, end);
  return end;
}

describe('SweepTimeLeft', () => {
  it('is the forecast at first, and nothing at the end', () => {
    const left = new SweepTimeLeft([training(3), training(5)], oneByOne, 1);
    expect(left.secondsLeft(0)).toBeCloseTo(8);
    const next = pass(left, 0, { from: 0, before: 0, tenth: 0.3, after: 0 });
    const end = pass(left, 1, { from: next, before: 0, tenth: 0.5, after: 0 });
    expect(left.secondsLeft(end)).toBe(0);
  });

  it('counts what trainings take beside their steps for each that is left, not by the length of its steps', () => {
    // Two short ones, of which 9 s in 10 are beside the steps, before a long one.
    const left = new SweepTimeLeft([training(1), training(1), training(100)], oneByOne, 1);
    const next = pass(left, 0, { from: 0, before: 6, tenth: 0.1, after: 3 });
    // Scaled as a whole, as what is left would be by what was done, it would be 1010 s.
    expect(left.secondsLeft(next)).toBeCloseTo(9 + 1 + 9 + 100);
    const last = pass(left, 1, { from: next, before: 6, tenth: 0.1, after: 3 });
    expect(left.secondsLeft(last)).toBeCloseTo(9 + 100);
  });

  it('follows steps that take twice as long as expected', () => {
    const left = new SweepTimeLeft([training(10), training(100), training(1000)], oneByOne, 1);
    let at = pass(left, 0, { from: 0, before: 0, tenth: 2, after: 0 });
    // Twice as long, or 10 s more: one size does not tell, and the forecast is trusted a little.
    expect(left.secondsLeft(at)).toBeGreaterThan(1100);
    at = pass(left, 1, { from: at, before: 0, tenth: 20, after: 0 });
    expect(left.secondsLeft(at)).toBeGreaterThan(1800);
    expect(left.secondsLeft(at)).toBeLessThan(2020);
  });

  it('does not take what steps of narrow networks take beyond the forecast for a share of what wide ones take', () => {
    // 5 s more of each: of the first it is six times the forecast.
    const left = new SweepTimeLeft([training(1), training(1), training(100), training(100)], oneByOne, 1);
    let at = pass(left, 0, { from: 0, before: 0, tenth: 0.6, after: 0 });
    at = pass(left, 1, { from: at, before: 0, tenth: 0.6, after: 0 });
    expect(left.secondsLeft(at) / 210).toBeCloseTo(1, 1);
    at = pass(left, 2, { from: at, before: 0, tenth: 10.5, after: 0 });
    expect(left.secondsLeft(at) / 105).toBeCloseTo(1, 2);
  });

  it('knows what of a running training is left before, in and behind its steps', () => {
    const left = new SweepTimeLeft([training(10), training(10)], oneByOne, 1);
    const from = pass(left, 0, { from: 0, before: 4, tenth: 1, after: 2 });
    left.begin(1, from);
    expect(left.secondsLeft(from + 3)).toBeCloseTo(1 + 10 + 2);
    left.steps(1, 0, from + 4);
    left.steps(1, 0.7, from + 11);
    expect(left.secondsLeft(from + 11)).toBeCloseTo(3 + 2);
    left.steps(1, 1, from + 14);
    expect(left.secondsLeft(from + 15)).toBeCloseTo(1);
  });

  it('compares steps with what the threads of the moment were expected to make of them', () => {
    // Alone it has both threads, beside the other one of them.
    const left = new SweepTimeLeft([training(4), training(16)], sideBySide, 1);
    left.begin(0, 0);
    left.begin(1, 0);
    left.steps(0, 0, 0);
    left.steps(1, 0, 0);
    left.steps(0, 1, 4);
    left.end(0, 4);
    // A quarter of it was done on one thread; on two the rest takes 6 s, of which one has passed.
    left.steps(1, 0.25 + 0.125, 5);
    expect(left.secondsLeft(5)).toBeCloseTo(5);
    left.steps(1, 1, 10);
    left.end(1, 10);
    expect(left.secondsLeft(10)).toBe(0);
  });

  it('takes a training that begins again for one whose steps are all to be done, and learns nothing wrong from it', () => {
    const left = new SweepTimeLeft([training(10), training(10)], oneByOne, 1);
    left.begin(0, 0);
    for (const [share, at] of [
      [0, 0],
      [1, 10],
      [0.1, 11],
    ] as const)
      left.steps(0, share, at);
    expect(left.secondsLeft(11)).toBeCloseTo(9 + 10);
  });

  it('learns of each device by itself', () => {
    const both = { threads: 1, slots: { native: 1, webgpu: 1 }, bytes: 1e9 };
    const sweep = [training(10, 'webgpu'), training(10), training(10, 'webgpu'), training(10)];
    const left = new SweepTimeLeft(sweep, both, 1);
    pass(left, 0, { from: 0, before: 30, tenth: 1, after: 0 });
    pass(left, 1, { from: 0, before: 0, tenth: 1, after: 0 });
    left.begin(2, 40);
    left.begin(3, 40);
    expect(left.secondsLeft(40)).toBeCloseTo(30 + 10);
    left.steps(2, 0, 70);
    left.steps(2, 1, 80);
    left.end(2, 80);
    expect(left.secondsLeft(80)).toBeCloseTo(10);
  });
});
