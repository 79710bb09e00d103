import { describe, expect, it } from 'vitest';
import { openEngine } from '../../src-main/engine/openEngine.ts';
import { prepareSweep } from '../../src-main/jobs/sweep/prepareSweep.ts';
import { sweepTrainings } from '../../src-main/jobs/sweep/sweepTraining.ts';
import { TrainerPool } from '../../src-main/jobs/sweep/trainerPool.ts';
import { ALPHAS, knowSteps, recipe, THREADS, tinyLab, WIDTH } from './sharedSweep.ts';

/** A sweep of two sizes on a card and the cores, or on the cores alone, prepared by known steps; what was told, and who computes what. */
async function prepared(
  cores: (factor: number) => number,
  onCard: ((factor: number) => number) | null,
  memory: number | null = null,
): Promise<{ told: string | undefined; devices: string[]; seconds: number | undefined }> {
  const { project, dataset } = await tinyLab();
  const native = await openEngine('native', { threads: THREADS });
  const card = { ...native, id: 'webgpu' as const, version: 'webgpu 5.0.0 (a card)' };
  await knowSteps(project, card.version, cores, onCard ?? cores);
  const record = project.datasets.required(dataset);
  const { name, fingerprint, channels } = record;
  const planned = ALPHAS.map((factor) => ({
    dataset: { name, fingerprint, channels, record },
    network: { family: 'unet' as const, width: WIDTH, channels, classes: 2, factor },
    ...{ recipe, seed: 1, fold: null },
  }));
  const pool = new TrainerPool(() => {
    throw new Error('Nothing is to be measured.');
  });
  const told: string[] = [];
  const { scheduled, total } = await prepareSweep(
    { project, engine: onCard ? card : native, cores: onCard ? native : null, pool },
    sweepTrainings(project, planned),
    { parallel: onCard ? null : 2, memory },
    new AbortController().signal,
    ({ stage }) => void told.push(stage),
  );
  project.close();
  return { told: told.at(-1), devices: scheduled.map(({ device }) => device), seconds: total?.seconds };
}

describe('a sweep on a card and the cores, before it begins', () => {
  it('gives the card what it computes faster, and tells how many go where', async () => {
    const { told, devices, seconds } = await prepared(
      (factor) => 640_000 * factor ** 4,
      () => 1000,
    );
    expect(devices).toEqual(['native', 'webgpu']);
    expect(told).toMatch(/^Training 2 networks, 1 on the graphics card and 1 on the processor, takes about/);
    // Four steps and the validations between them, of the slower of two at once.
    expect(seconds).toBeGreaterThan(4);
  });

  it('leaves a card unused that would make it no faster, and says so', async () => {
    const { told, devices } = await prepared(
      () => 10,
      () => 1e6,
    );
    expect(devices).toEqual(['native', 'native']);
    expect(told).toMatch(
      /^Training 2 networks, all on the processor, because the graphics card would not make it faster/,
    );
  });

  it('leaves the cores unused that would only be waited for, and says so', async () => {
    const { told, devices } = await prepared(
      () => 1e6,
      () => 10,
    );
    expect(devices).toEqual(['webgpu', 'webgpu']);
    expect(told).toMatch(/^Training 2 networks, all on the graphics card, because the processor beside it/);
  });

  it('gives the card what does not fit into the memory that the cores may have', async () => {
    const { devices } = await prepared(
      () => 10,
      () => 1000,
      1,
    );
    expect(devices).toEqual(['webgpu', 'webgpu']);
  });
});

describe('a sweep on the cores, before it begins', () => {
  it('runs as many side by side as were asked for', async () => {
    const { told } = await prepared(() => 1000, null);
    expect(told).toMatch(/^Training 2 networks, 2 side by side, takes about/);
  });

  it('runs no more than find room in memory, and foretells that', async () => {
    // Every training has a process of its own, as large as this one.
    const { told } = await prepared(() => 1000, null, process.memoryUsage.rss());
    expect(told).toMatch(/^Training 2 networks takes about/);
  });
});
