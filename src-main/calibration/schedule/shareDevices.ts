import type { DeviceId } from '#common/device/device.ts';
import type { ScheduledTraining, SweepCapacity } from './scheduledTraining.ts';
import { simulateSweep } from './simulateSweep.ts';

/** A training that the cores or a card may compute. */
export interface EitherTraining {
  /** Place of the training that must have finished before. */
  readonly after: number | null;
  /** On the processor: expected seconds with so many threads, and bytes of memory at its peak; null where these bytes are more than there are. */
  readonly cores: Pick<ScheduledTraining, 'seconds' | 'bytes'> | null;
  /** On the card: expected seconds, and bytes of the machine's own memory at its peak. */
  readonly card: { readonly seconds: number; readonly bytes: number };
}

/** Who computes which training of a sweep, and what that is expected to take. */
export interface SharedSweep {
  readonly scheduled: readonly ScheduledTraining[];
  readonly capacity: SweepCapacity;
  /** Of them on the card. */
  readonly onCard: number;
  readonly seconds: number;
}

interface Machine {
  readonly card: DeviceId;
  readonly threads: number;
  readonly bytes: number;
  /** Numbers of trainings on the cores at a time that may be chosen from. */
  readonly parallel: readonly number[];
  /** How much longer trainings on the cores take while others run beside them there. */
  readonly slowdown: number;
}

/** Simulated steps of the scheduler that a decision may cost: a second or two. */
const MOST_WORK = 1e8;
const MOST_SPLITS = 65;

/**
 * Shares a sweep between a card and the cores, which compute at the same time. Trainings are put in the order of what the card gains on
 * the cores; it gets the first ones of them, as many as make the whole sweep end soonest by going through what the scheduler
 * would do. So what the card computes much faster is its own, what it computes slower goes to it only where it would stand idle otherwise, and a card that
 * helps nothing gets nothing.
 */
export function shareDevices(trainings: readonly EitherTraining[], machine: Machine): SharedSweep {
  const { card, threads, bytes, parallel, slowdown } = machine;
  const gain = ({ cores, card: { seconds } }: EitherTraining): number =>
    cores ? cores.seconds(threads) / Math.max(Number.MIN_VALUE, seconds) : Infinity;
  const order = trainings.map((training, index) => ({ index, gain: gain(training) }));
  order.sort((a, b) => b.gain - a.gain || a.index - b.index);
  const forced = trainings.filter(({ cores }) => cores === null).length;
  const scheduledWith = (onCard: number): ScheduledTraining[] => {
    const given = new Set(order.slice(0, onCard).map(({ index }) => index));
    return trainings.map(({ after, cores, card: own }, index) =>
      given.has(index) || !cores
        ? { device: card, after, bytes: own.bytes, seconds: () => own.seconds }
        : { device: 'native', after, ...cores },
    );
  };
  let best: SharedSweep | null = null;
  for (const onCard of splits(forced, trainings.length, parallel.length)) {
    const scheduled = scheduledWith(onCard);
    for (const native of parallel) {
      const capacity: SweepCapacity = { threads, bytes, slots: { native, [card]: 1 } };
      const seconds = simulateSweep(scheduled, capacity, undefined, slowdown);
      // Of equals the one with less on the card, and fewer at a time.
      if (!best || seconds < best.seconds) best = { scheduled, capacity, onCard, seconds };
    }
  }
  if (!best) throw new Error('A machine without a number of trainings at a time.');
  return best;
}

/** How many trainings the card may get, evenly from the fewest to all: every number where that is quickly gone through. */
function splits(fewest: number, all: number, choices: number): number[] {
  const affordable = Math.floor(MOST_WORK / Math.max(1, choices * all ** 2));
  const count = Math.min(all - fewest + 1, Math.max(5, Math.min(MOST_SPLITS, affordable)));
  const numbers = Array.from({ length: count }, (_, i) =>
    Math.round(fewest + (i * (all - fewest)) / Math.max(1, count - 1)),
  );
  return [...new Set(numbers)];
}
