import type { DeviceId } from '#common/device/device.ts';

/** A training of a sweep as the scheduler sees it. */
export interface ScheduledTraining {
  /** The device that computes it: one of the slots of the capacity. */
  readonly device: DeviceId;
  /** Bytes of memory that it takes at its peak, its process included. */
  readonly bytes: number;
  /** Place in the list of the training that must have finished before: the network that it learns from. */
  readonly after: number | null;
  /** Expected seconds with so many threads, 1 or more. */
  readonly seconds: (threads: number) => number;
}

/** What of a machine a sweep may use. */
export interface SweepCapacity {
  /** Threads that compute at a time on the processor. */
  readonly threads: number;
  /** How many trainings each device runs side by side; a device without an entry runs none. */
  readonly slots: Readonly<Partial<Record<DeviceId, number>>>;
  /** Bytes that all trainings together may take. */
  readonly bytes: number;
}
