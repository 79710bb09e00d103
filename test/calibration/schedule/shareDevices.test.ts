import { describe, expect, it } from 'vitest';
import { type EitherTraining, shareDevices } from '../../../src-main/calibration/schedule/shareDevices.ts';
import type { ScheduledTraining } from '../../../src-main/calibration/schedule/scheduledTraining.ts';
import { simulateSweep } from '../../../src-main/calibration/schedule/simulateSweep.ts';

const machine = (threads: number, parallel: number[]) => ({
  ...{ card: 'webgpu' as const, threads, bytes: 1000, parallel, slowdown: 1 },
});

/** Amdahl on the cores, and a card. */
const training = (
  cores: number,
  card: number,
  { serial = 0, after = null, bytes = 10 }: { serial?: number; after?: number | null; bytes?: number } = {},
): EitherTraining => ({
  after,
  cores: { bytes, seconds: (threads) => cores * (serial + (1 - serial) / threads) },
  card: { seconds: card, bytes: 1 },
});

/**
 * Milliseconds of a step as they were measured (U-Net, 128x128, batch 8; 2, 4, 8 and 16 filters): on 16 cores with 2 and 16 threads (bench/sweep.ts), and
 * by PyTorch's graph on a card.
 */
const TABLE = [
  { two: 9, sixteen: 4.1, card: 2.6 },
  { two: 18.5, sixteen: 6.7, card: 3.1 },
  { two: 53.8, sixteen: 14.1, card: 3.7 },
  { two: 165, sixteen: 31.5, card: 4.7 },
];
/** Some datasets, each size; on a card that takes so many times as long as that one. */
const sweep = (slower: number, datasets = 3): EitherTraining[] =>
  TABLE.flatMap(({ two, sixteen, card }) => {
    const divided = (two - sixteen) / (1 / 2 - 1 / 16);
    const seconds = (threads: number) => sixteen - divided / 16 + divided / threads;
    return Array.from({ length: datasets }, () => ({
      after: null,
      cores: { bytes: 10, seconds },
      card: { bytes: 1, seconds: slower * card },
    }));
  });

const devices = (scheduled: readonly ScheduledTraining[]) => scheduled.map(({ device }) => device);

/** The least that any way of sharing takes. */
function leastOfAll(
  trainings: readonly EitherTraining[],
  threads: number,
  parallel: readonly number[],
): number {
  const times: number[] = [];
  for (let given = 0; given < 2 ** trainings.length; given++) {
    const scheduled = trainings.map(({ after, cores, card }, i): ScheduledTraining =>
      (given >> i) % 2 === 1 || !cores
        ? { device: 'webgpu', after, bytes: card.bytes, seconds: () => card.seconds }
        : { device: 'native', after, ...cores },
    );
    for (const native of parallel)
      times.push(simulateSweep(scheduled, { threads, bytes: 1000, slots: { native, webgpu: 1 } }));
  }
  return Math.min(...times);
}

describe('sharing a sweep between a card and the cores', () => {
  it('gives wide networks to the card and narrow ones to the cores, at the same time', () => {
    // Slower than the cores at 2 and 4 filters, faster at 8 and 16.
    const trainings = sweep(3);
    const { scheduled, seconds, onCard } = shareDevices(trainings, machine(16, [1, 2, 4, 8, 16]));
    expect(new Set(devices(scheduled).slice(0, 6))).toEqual(new Set(['native']));
    expect(new Set(devices(scheduled).slice(9))).toEqual(new Set(['webgpu']));
    expect(onCard).toBe(devices(scheduled).filter((device) => device === 'webgpu').length);
    const onlyCard = trainings.reduce((sum, { card }) => sum + card.seconds, 0);
    expect(seconds).toBeLessThan(onlyCard);
  });

  it('gives a card that is slower at everything nothing, where it would only be waited for', () => {
    const { scheduled, onCard, capacity } = shareDevices(sweep(2000), machine(16, [1, 2, 4, 8, 16]));
    expect(onCard).toBe(0);
    expect(new Set(devices(scheduled))).toEqual(new Set(['native']));
    expect(capacity.slots).toMatchObject({ webgpu: 1 });
  });

  it('lets the cores help a card that is faster at everything, as far as they end before it', () => {
    const trainings = Array.from({ length: 10 }, () => training(16, 1, { serial: 1 }));
    // The card alone takes 10 s, the cores 16 for one: they get none.
    expect(shareDevices(trainings, machine(4, [1, 2, 4])).onCard).toBe(10);
    const helped = shareDevices(
      Array.from({ length: 30 }, () => training(16, 1, { serial: 1 })),
      machine(4, [1, 2, 4]),
    );
    // Four on the cores end at 16 s, when the card has still ten of its 26 before it.
    expect(helped).toMatchObject({ onCard: 26, seconds: 26, capacity: { slots: { native: 4 } } });
  });

  it('is as fast as the best of all ways of sharing, where what is long begins first', () => {
    const trainings = [
      ...[training(40, 3), training(20, 2.5), training(9, 2.2), training(4, 2.1)],
      ...[training(2, 2), training(1, 2), training(1, 2)],
    ];
    const { seconds } = shareDevices(trainings, machine(2, [1, 2]));
    expect(seconds).toBeLessThanOrEqual(1.15 * leastOfAll(trainings, 2, [1, 2]));
    expect(seconds).toBeGreaterThanOrEqual(leastOfAll(trainings, 2, [1, 2]) - 1e-9);
  });

  it('gives the card what the memory of the cores does not hold', () => {
    const trainings = [training(1, 50), { ...training(1, 50), cores: null }, training(1, 50)];
    expect(devices(shareDevices(trainings, machine(2, [1, 2])).scheduled)).toEqual([
      ...['native', 'webgpu', 'native'],
    ]);
  });

  it('counts that a network waits for the one that it learns from, wherever that is', () => {
    // The teacher on the card, its pupils on the cores; or everything waits for 60 s.
    const trainings = [training(60, 5), training(3, 20, { after: 0 }), training(3, 20, { after: 0 })];
    const { scheduled, seconds } = shareDevices(trainings, machine(1, [1]));
    expect(devices(scheduled)).toEqual(['webgpu', 'native', 'native']);
    expect(seconds).toBeCloseTo(11);
  });

  it('decides the same for the same table, also where there are too many to go through every number', () => {
    const many = sweep(3, 60);
    const one = shareDevices(many, machine(16, [1, 4, 16]));
    expect(devices(shareDevices(many, machine(16, [1, 4, 16])).scheduled)).toEqual(devices(one.scheduled));
    expect(one.onCard).toBeGreaterThan(0);
    expect(one.onCard).toBeLessThan(many.length);
  });
});
