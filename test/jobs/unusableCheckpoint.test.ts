import { copyFileSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { RequestOf } from '#contract/jobs/jobKinds.ts';
import { DEFAULT_RECIPE } from '#common/training/defaultRecipe.ts';
import type { Checkpoint, NamedTensor } from '#common/training/training.ts';
import { generateDataset } from '../../src-main/demo/generateDataset.ts';
import { addDataset } from '../../src-main/jobs/dataset/addDataset.ts';
import { calibrate } from '../../src-main/jobs/calibration/calibrate.ts';
import { Project } from '../../src-main/project/project.ts';
import { failing } from '../failing.ts';

const never = new AbortController().signal;
const recipe = {
  ...DEFAULT_RECIPE,
  workingSide: 64,
  crop: 32,
  batch: 2,
  epochs: 2,
  stepsPerEpoch: 2,
  warmupSteps: 1,
  patience: 0,
};
const REQUEST: RequestOf<'calibrate'> = {
  ...{ kind: 'calibrate', datasets: [1], family: 'unet', width: 2, alphas: [1], seeds: [1] },
  ...{ recipe, device: 'native', threads: 1 },
};

const folder = mkdtempSync(join(tmpdir(), 'ccnet-checkpoint-'));
const stopped = join(folder, 'stopped.ccnet');
const path = join(folder, 'lab.ccnet');

/** A project with a training that was stopped after its first epoch, of which every test gets a copy. */
beforeAll(async () => {
  await generateDataset(join(folder, 'cells'), { tissue: 'cells', images: 6, side: 64, seed: 3 });
  const project = Project.create(stopped);
  const request = {
    kind: 'add-dataset',
    path: join(folder, 'cells'),
    name: 'cells',
    splitMode: 'hashed',
  } as const;
  await addDataset(request, project).run(never, () => undefined);
  const stop = new AbortController();
  await calibrate(REQUEST, project)
    .run(stop.signal, ({ figures }) => figures?.['epoch'] === 2 && stop.abort())
    .catch(() => undefined);
  expect(project.checkpoints.load(1)?.epoch).toBe(1);
  project.close();
});

beforeEach(() => copyFileSync(stopped, path));

afterAll(() => rmSync(folder, { recursive: true, force: true }));

const withValues = (tensors: readonly NamedTensor[], name: RegExp, value: number): NamedTensor[] =>
  tensors.map((one) => (name.test(one.name) ? { ...one, data: one.data.map(() => value) } : one));

const STRANGE: readonly (readonly [string, (good: Checkpoint) => Checkpoint])[] = [
  [
    'an optimiser before its first step',
    (good) => ({ ...good, optimizer: withValues(good.optimizer, /^step$/, -1) }),
  ],
  [
    'an optimiser of 1e38 steps',
    (good) => ({ ...good, optimizer: withValues(good.optimizer, /^step$/, 1e38) }),
  ],
  ['negative squares', (good) => ({ ...good, optimizer: withValues(good.optimizer, /\/v$/, -1) })],
  [
    'weights that are no numbers',
    (good) => ({ ...good, weights: withValues(good.weights, /kernel/, Number.NaN) }),
  ],
  [
    'an attempt that there cannot be, by which the learning rate is divided',
    (good) => ({ ...good, randomState: [...good.randomState.slice(0, 4), 0] }),
  ],
  ['weights of another network', (good) => ({ ...good, weights: good.weights.slice(1) })],
  [
    'a tensor of another shape',
    (good) => ({
      ...good,
      weights: good.weights.map((one) => ({
        ...one,
        shape: [one.data.length],
        data: one.data.map((value) => value + 1),
      })),
    }),
  ],
  ['an epoch that never was', (good) => ({ ...good, epoch: 400 })],
  ['random numbers without a state', (good) => ({ ...good, randomState: [0, 0, 0, 0] })],
];

describe('a training whose stored state has', () => {
  it.each(STRANGE)('%s says so, and begins anew when it is started again', async (_what, change) => {
    const project = Project.open(path);
    const good = project.checkpoints.load(1);
    if (good) project.checkpoints.save(1, change(good));
    const run = () => calibrate(REQUEST, project).run(never, () => undefined);
    await expect(run()).rejects.toThrow(failing('checkpoint-unusable', { training: 1 }));
    expect(project.trainings.byId(1)).toMatchObject({
      state: 'failed',
      error: { code: 'checkpoint-unusable' },
    });
    expect(project.checkpoints.load(1)).not.toBeNull();
    expect(await run()).toMatchObject({ trained: 1 });
    expect(project.checkpoints.history(1).map(({ epoch }) => epoch)).toEqual([1, 2]);
    project.close();
  });

  it('bytes that have changed on the disk, the same', async () => {
    const raw = new Database(path);
    raw.exec('UPDATE checkpoint_tensors SET data = zeroblob(length(data)) WHERE position = 0');
    raw.close();
    const project = Project.open(path);
    const run = () => calibrate(REQUEST, project).run(never, () => undefined);
    await expect(run()).rejects.toThrow(failing('checkpoint-unusable', { training: 1 }));
    expect(await run()).toMatchObject({ trained: 1 });
    project.close();
  });

  it('nothing strange goes on from it', async () => {
    const project = Project.open(path);
    const epochs: number[] = [];
    await calibrate(REQUEST, project).run(never, ({ figures }) => {
      if (figures?.['epoch'] !== undefined) epochs.push(figures['epoch']);
    });
    expect(epochs[0]).toBe(2);
    project.close();
  });
});

describe('an image of a project that has more pixels than any', () => {
  it('makes the project damaged, and takes no memory', () => {
    for (const [column, value] of [
      ['height', 2 ** 40],
      ['width', 2 ** 52],
      ['height', 999_999],
    ]) {
      const raw = new Database(path);
      raw.exec(
        `UPDATE images SET ${column} = ${value}, width = ${column === 'width' ? value : 999_999} WHERE id = 1`,
      );
      raw.close();
      const project = Project.open(path);
      expect(() => project.images.ofDataset(1)).toThrow(failing('project-damaged'));
      expect(() => project.images.byId(1)).toThrow(failing('project-damaged'));
      project.close();
    }
  });
});
