import type { ScheduledTraining } from './scheduledTraining.ts';

/**
 * Shares the processor's threads among trainings that run side by side: one for each, and every further one to the training that
 * it speeds up most, by its own thread scaling. One that gains nothing from another thread gets none.
 * @returns threads of each training, in their order
 */
export function shareThreads(
  trainings: readonly Pick<ScheduledTraining, 'seconds'>[],
  threads: number,
): number[] {
  const shares = trainings.map(() => 1);
  for (let left = threads - trainings.length; left > 0; left--) {
    const gains = trainings.map(({ seconds }, i) => {
      const share = shares[i] ?? 1;
      // In units of what the training does on one thread, so that a long one does not count for more than a short one.
      return seconds(1) / seconds(share + 1) - seconds(1) / seconds(share);
    });
    const most = Math.max(...gains);
    const winner = gains.indexOf(most);
    if (!(most > 0)) break;
    shares[winner] = (shares[winner] ?? 1) + 1;
  }
  return shares;
}
