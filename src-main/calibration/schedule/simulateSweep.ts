import { nextTrainings, type SweepState } from './nextTrainings.ts';
import type { ScheduledTraining, SweepCapacity } from './scheduledTraining.ts';
import { shareThreads } from './shareThreads.ts';

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
    const rates = new Map(sharedRates(trainings, running, capacity.threads, slowdown));
    const ends = running.map((index) => ({ index, in: (left.get(index) ?? 0) / (rates.get(index) ?? 1) }));
    const soonest = ends.reduce((first, other) => (other.in < first.in ? other : first));
    for (const index of running) {
      left.set(index, (left.get(index) ?? 0) - soonest.in * (rates.get(index) ?? 1));
    }
    seconds += soonest.in;
    running = running.filter((index) => index !== soonest.index);
    finished.add(soonest.index);
  }
}

/** Share of each running training that a second does. */
function sharedRates(
  trainings: readonly ScheduledTraining[],
  running: readonly number[],
  threads: number,
  slowdown: number,
): [number, number][] {
  const known = running.flatMap((index) => {
    const training = trainings[index];
    return training ? [{ index, training }] : [];
  });
  const onProcessor = known.filter(({ training }) => training.device === 'native');
  const shares = shareThreads(
    onProcessor.map(({ training }) => training),
    threads,
  );
  const factor = onProcessor.length > 1 ? slowdown : 1;
  return known.map(({ index, training }) => {
    const place = onProcessor.findIndex((other) => other.index === index);
    const seconds = place < 0 ? training.seconds(1) : factor * training.seconds(shares[place] ?? 1);
    return [index, 1 / Math.max(1e-9, seconds)];
  });
}
