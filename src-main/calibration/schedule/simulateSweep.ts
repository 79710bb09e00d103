import { nextTrainings, type SweepState } from './nextTrainings.ts';
import type { ScheduledTraining, SweepCapacity } from './scheduledTraining.ts';
import { threadsOf } from './threadsOf.ts';

/** A sweep at some moment: its state, with the share of each running training that is done already. */
export interface SweepMoment extends SweepState {
  /** Share done, 0 to 1, by place in the list. */
  readonly done: ReadonlyMap<number, number>;
}

/** The beginning of a sweep. */
export function sweepStart(trainings: readonly ScheduledTraining[]): SweepMoment {
  return { waiting: trainings.map((_, i) => i), running: [], finished: new Set(), done: new Map() };
}

/**
 * Expected seconds until every training has finished, by going through what the scheduler would do: whenever one ends, others begin
 * and the threads are shared anew.
 * @param slowdown how much longer trainings take while others run beside them on the processor than alone with the same threads; 1 or more
 */
export function simulateSweep(
  trainings: readonly ScheduledTraining[],
  capacity: SweepCapacity,
  moment: SweepMoment = sweepStart(trainings),
  slowdown = 1,
): number {
  let waiting = [...moment.waiting];
  let running = [...moment.running];
  const finished = new Set(moment.finished);
  const left = new Map(trainings.map((_, i) => [i, 1 - (moment.done.get(i) ?? 0)]));
  let seconds = 0;
  for (;;) {
    const next = new Set(nextTrainings(trainings, { waiting, running, finished }, capacity));
    waiting = waiting.filter((index) => !next.has(index));
    running = [...running, ...next];
    if (running.length === 0) return seconds;
    const whole = secondsBeside(trainings, running, capacity.threads, slowdown);
    const secondsOf = (index: number): number => Math.max(1e-9, whole.get(index) ?? 0);
    const ends = running.map((index) => ({ index, in: (left.get(index) ?? 0) * secondsOf(index) }));
    const soonest = ends.reduce((first, other) => (other.in < first.in ? other : first));
    for (const index of running) left.set(index, (left.get(index) ?? 0) - soonest.in / secondsOf(index));
    seconds += soonest.in;
    running = running.filter((index) => index !== soonest.index);
    finished.add(soonest.index);
  }
}

/**
 * Expected seconds of each running training, from its beginning to its end, if what runs now did so all the time.
 * @param slowdown how much longer trainings take while others run beside them on the processor; 1 or more
 */
export function secondsBeside(
  trainings: readonly ScheduledTraining[],
  running: readonly number[],
  threads: number,
  slowdown: number,
): Map<number, number> {
  const shares = threadsOf(trainings, running, threads);
  const factor = shares.size > 1 ? slowdown : 1;
  return new Map(
    running.map((index) => {
      const seconds = trainings[index]?.seconds(shares.get(index) ?? 1) ?? 0;
      return [index, shares.has(index) ? factor * seconds : seconds];
    }),
  );
}
