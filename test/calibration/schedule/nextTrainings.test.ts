import { describe, expect, it } from 'vitest';
import { nextTrainings } from '../../../src-main/calibration/schedule/nextTrainings.ts';
import type { ScheduledTraining } from '../../../src-main/calibration/schedule/scheduledTraining.ts';

const training = (changes: Partial<ScheduledTraining> = {}): ScheduledTraining => ({
  device: 'native',
  bytes: 10,
  after: null,
  seconds: () => 1,
  ...changes,
});
const none = new Set<number>();

describe('nextTrainings', () => {
  it('begins in order, as many as there are slots', () => {
    const capacity = { threads: 4, slots: { native: 2 }, bytes: 1000 };
    const trainings = [training(), training(), training()];
    expect(nextTrainings(trainings, { waiting: [0, 1, 2], running: [], finished: none }, capacity)).toEqual([
      0, 1,
    ]);
    expect(nextTrainings(trainings, { waiting: [2], running: [0, 1], finished: none }, capacity)).toEqual([]);
    expect(nextTrainings(trainings, { waiting: [2], running: [1], finished: none }, capacity)).toEqual([2]);
  });

  it('lets those that fit into memory pass one that has to wait', () => {
    const capacity = { threads: 4, slots: { native: 4 }, bytes: 100 };
    const trainings = [training({ bytes: 60 }), training({ bytes: 60 }), training({ bytes: 40 })];
    expect(nextTrainings(trainings, { waiting: [0, 1, 2], running: [], finished: none }, capacity)).toEqual([
      0, 2,
    ]);
  });

  it('begins one that is too large when nothing else runs, and nothing beside it', () => {
    const capacity = { threads: 4, slots: { native: 4 }, bytes: 100 };
    const trainings = [training({ bytes: 400 }), training({ bytes: 40 })];
    expect(nextTrainings(trainings, { waiting: [0, 1], running: [], finished: none }, capacity)).toEqual([0]);
    expect(nextTrainings(trainings, { waiting: [0], running: [1], finished: none }, capacity)).toEqual([]);
  });

  it('keeps one back until the network that it learns from is trained', () => {
    const capacity = { threads: 4, slots: { native: 4 }, bytes: 1000 };
    const trainings = [training(), training({ after: 0 }), training()];
    expect(nextTrainings(trainings, { waiting: [0, 1, 2], running: [], finished: none }, capacity)).toEqual([
      0, 2,
    ]);
    const later = { waiting: [1], running: [2], finished: new Set([0]) };
    expect(nextTrainings(trainings, later, capacity)).toEqual([1]);
  });

  it('fills the slots of a card and of the cores apart', () => {
    const capacity = { threads: 4, slots: { native: 2, webgpu: 1 }, bytes: 1000 };
    const wide = training({ device: 'webgpu' });
    const trainings = [wide, wide, training(), training(), training()];
    expect(
      nextTrainings(trainings, { waiting: [0, 1, 2, 3, 4], running: [], finished: none }, capacity),
    ).toEqual([0, 2, 3]);
  });
});
