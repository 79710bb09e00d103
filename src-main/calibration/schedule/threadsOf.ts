import type { ScheduledTraining } from './scheduledTraining.ts';
import { shareThreads } from './shareThreads.ts';

/**
 * Threads of each training that runs on the processor, by its place; those of a card have none of their own.
 * @param running places of all that run
 * @param threads of the processor
 */
export function threadsOf(
  trainings: readonly ScheduledTraining[],
  running: readonly number[],
  threads: number,
): Map<number, number> {
  const onProcessor = running.filter((index) => trainings[index]?.device === 'native');
  const shares = shareThreads(
    onProcessor.flatMap((index) => trainings[index] ?? []),
    threads,
  );
  return new Map(onProcessor.map((index, i) => [index, shares[i] ?? 1]));
}
