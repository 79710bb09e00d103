import type { DeviceId } from '#common/device/device.ts';
import type { ScheduledTraining, SweepCapacity } from './scheduledTraining.ts';

/** How far a sweep is: places in the list of its trainings. */
export interface SweepState {
  /** In the order in which to begin them. */
  readonly waiting: readonly number[];
  readonly running: readonly number[];
  readonly finished: ReadonlySet<number>;
}

/**
 * Chooses which of the waiting trainings begin now: in their order, as long as their device has a free slot and all that run fit into
 * memory together; one that has to wait lets later ones that fit pass. Where nothing runs, the first that may begin does,
 * whatever it needs: waiting would not give it more.
 */
export function nextTrainings(
  trainings: readonly ScheduledTraining[],
  { waiting, running, finished }: SweepState,
  { slots, bytes }: SweepCapacity,
): number[] {
  const free = new Map<DeviceId, number>();
  const freeOn = (device: DeviceId): number => free.get(device) ?? slots[device] ?? 0;
  let taken = 0;
  let count = 0;
  const take = (index: number): void => {
    const training = trainings[index];
    if (!training) return;
    free.set(training.device, freeOn(training.device) - 1);
    taken += training.bytes;
    count += 1;
  };
  for (const index of running) take(index);
  const chosen: number[] = [];
  const slotsOfAll = Object.values(slots).reduce((sum, number) => sum + number, 0);
  for (const index of waiting) {
    if (count >= slotsOfAll) break;
    const training = trainings[index];
    if (!training || freeOn(training.device) <= 0) continue;
    if (training.after !== null && !finished.has(training.after)) continue;
    if (count > 0 && taken + training.bytes > bytes) continue;
    take(index);
    chosen.push(index);
  }
  return chosen;
}
