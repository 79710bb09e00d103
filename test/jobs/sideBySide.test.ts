import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { DEFAULT_RECIPE } from '#common/training/defaultRecipe.ts';
import type { RequestOf } from '#contract/jobs/jobKinds.ts';
import type { Progress } from '#contract/progress.ts';
import { generateDataset } from '../../src-main/demo/generateDataset.ts';
import { calibrate } from '../../src-main/jobs/calibration/calibrate.ts';
import { addDataset } from '../../src-main/jobs/dataset/addDataset.ts';
import { forkTrainer } from '../../src-main/jobs/sweep/forkTrainer.ts';
import type { TrainerChannel } from '../../src-main/jobs/sweep/trainerMessages.ts';
import { provideTrainers } from '../../src-main/jobs/sweep/trainers.ts';
import { Project } from '../../src-main/project/project.ts';
import { temporaryFolder } from '../project/temporaryFolder.ts';

const never = new AbortController().signal;
const folder = mkdtempSync(join(tmpdir(), 'ccnet-sweep-'));
const data: string[] = [];

beforeAll(async () => {
  provideTrainers(forkTrainer);
  for (const tissue of ['cells', 'vessels'] as const) {
    const path = join(folder, tissue);
    await generateDataset(path, { tissue, images: 8, side: 64, seed: 5 });
    data.push(path);
  }
});

afterAll(() => rmSync(folder, { recursive: true, force: true }));

let project: Project | null = null;
afterEach(() => {
  project?.close();
  provideTrainers(forkTrainer);
});

async function lab(): Promise<{ project: Project; ids: number[] }> {
  project = Project.create(join(temporaryFolder(), 'lab.ccnet'));
  const ids: number[] = [];
  for (const path of data) {
    const request = { kind: 'add-dataset', path, name: `set ${ids.length}`, splitMode: 'hashed' } as const;
    ids.push((await addDataset(request, project).run(never, () => undefined)).id);
  }
  return { project, ids };
}

const recipe = {
  ...DEFAULT_RECIPE,
  ...{ workingSide: 64, crop: 32, batch: 2, epochs: 3, stepsPerEpoch: 4, warmupSteps: 0 },
};
const sweep = (
  datasets: number[],
  changes: Partial<RequestOf<'calibrate'>> = {},
): RequestOf<'calibrate'> => ({
  ...{ kind: 'calibrate', datasets, family: 'unet', width: 4, alphas: [0.5, 1], seeds: [1] },
  ...{ recipe, device: 'native', threads: 2, parallel: 2 },
  ...changes,
});

/** Everything of a project's networks that has to be the same, whatever ran beside. */
function results({ networks, runs }: Project): unknown {
  const all = networks.list().map(({ id, datasetId, network, seed, fold, test, validation }) => ({
    ...{ datasetId, network, seed, fold, test, validation },
    weights: networks.weights(id),
  }));
  const dice = runs.list().flatMap(({ origin, run }) => (origin === 'own' ? [run.testDice] : []));
  const sorted = <Value>(values: readonly Value[]): Value[] =>
    [...values].sort((a, b) => (JSON.stringify(a) < JSON.stringify(b) ? -1 : 1));
  return [sorted(all), sorted(dice)];
}

/** Projects, with their locks and journals, that this process's trainers have open. */
function openedByTrainers(): string[] {
  const { stdout } = spawnSync('ps', ['--ppid', String(process.pid), '-o', 'pid=,args='], {
    encoding: 'utf8',
  });
  const trainers = [...stdout.matchAll(/^\s*(\d+) .*trainer\.ts/gm)].map(([, pid]) => pid);
  expect(trainers.length).toBeGreaterThan(0);
  return trainers.flatMap((pid) => {
    const files = spawnSync('ls', ['-l', `/proc/${pid}/fd`], { encoding: 'utf8' }).stdout;
    return [...files.matchAll(/\S+\.ccnet\S*/g)].map(([file]) => file);
  });
}

/** Starts trainers, and tells every one that it started. */
function watched(onStart: (channel: TrainerChannel) => void): void {
  provideTrainers(() => {
    const channel = forkTrainer();
    onStart(channel);
    return channel;
  });
}

/** Processes take long to start on a busy machine. */
const SLOW = { timeout: 600_000 };

describe('a sweep whose trainings run side by side', SLOW, () => {
  it('has, to the last bit, the results of one after the other, with folds and a network to learn from', async () => {
    const asked = {
      ...{ recipe: { ...recipe, teacherWidth: 4, epochs: 1 }, alphas: [0.25, 0.5], seeds: [1, 2] },
      folds: [{ number: 2, of: 3 }],
    };
    const one = await lab();
    await calibrate(sweep(one.ids, { ...asked, parallel: 1 }), one.project).run(never, () => undefined);
    const alone = results(one.project);
    one.project.close();
    const two = await lab();
    let opened: string[] | null = null;
    const told: Progress[] = [];
    const { trained } = await calibrate(sweep(two.ids, asked), two.project).run(never, (now) => {
      told.push(now);
      if (now.trainings?.running === 2 && opened === null) opened = openedByTrainers();
    });
    // One process writes to the project: this one.
    expect(opened).toEqual([]);
    expect(trained).toBe(8);
    expect(results(two.project)).toEqual(alone);
    expect(Math.max(...told.map(({ trainings }) => trainings?.running ?? 0))).toBe(2);
    // Ten with the two teachers.
    expect(told.at(-1)?.trainings).toEqual({ waiting: 0, running: 0, done: 10 });
  });

  it('loses one epoch of one training when a process is killed, and finishes', async () => {
    const { project, ids } = await lab();
    let started = 0;
    watched((channel) => {
      started += 1;
      if (started > 1) return;
      channel.listen(
        (message) => {
          if (message.type === 'checkpoint' && message.checkpoint.epoch === 2) void channel.end();
        },
        () => undefined,
      );
    });
    const { trained } = await calibrate(sweep(ids), project).run(never, () => undefined);
    expect(trained).toBe(4);
    expect(started).toBe(3);
    const histories = project.trainings.list().map(({ id }) => project.checkpoints.history(id).length);
    expect(histories).toEqual([3, 3, 3, 3]);
  });

  it('gives a training up whose process dies again and again, and keeps what was finished', async () => {
    const { project, ids } = await lab();
    watched((channel) => void channel.end());
    await expect(calibrate(sweep(ids), project).run(never, () => undefined)).rejects.toMatchObject({
      code: 'trainer-died',
    });
    expect(project.trainings.list().every(({ state }) => state !== 'running')).toBe(true);
    provideTrainers(forkTrainer);
    expect((await calibrate(sweep(ids), project).run(never, () => undefined)).trained).toBe(4);
  });

  it('stops when it is cancelled, leaves no process, and goes on from where it was', async () => {
    const { project, ids } = await lab();
    const stop = new AbortController();
    const running = calibrate(sweep(ids, { recipe: { ...recipe, epochs: 500 } }), project).run(
      stop.signal,
      ({ trainings, figures }) => {
        if (trainings?.running === 2 && (figures?.['epoch'] ?? 0) >= 3) stop.abort();
      },
    );
    await expect(running).rejects.toMatchObject({ code: 'cancelled' });
    const begun = project.trainings.list();
    expect(begun.map(({ state }) => state)).toEqual(['cancelled', 'cancelled']);
    const epochs = begun.map(({ id }) => project.checkpoints.load(id)?.epoch ?? 0);
    expect(Math.max(...epochs)).toBeGreaterThanOrEqual(2);
    const { stdout } = spawnSync('ps', ['--ppid', String(process.pid), '-o', 'args='], { encoding: 'utf8' });
    expect(stdout).not.toContain('trainer.ts');
  });
});
