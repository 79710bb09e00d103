import { spawnSync } from 'node:child_process';
import {
  copyFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { hasCode } from '#common/errors.ts';
import { DEFAULT_RECIPE } from '#common/training/defaultRecipe.ts';
import type { RequestOf } from '#contract/jobs/jobKinds.ts';
import type { Progress } from '#contract/progress.ts';
import { generateDataset } from '../../src-main/demo/generateDataset.ts';
import { calibrate } from '../../src-main/jobs/calibration/calibrate.ts';
import { addDataset } from '../../src-main/jobs/dataset/addDataset.ts';
import { provideNodeProgram } from '../../src-main/jobs/cluster/nodeProgram.ts';
import { Project } from '../../src-main/project/project.ts';
import { noSlurm, SlurmCluster } from './slurmCluster.ts';

/** With real Slurm: `npx vitest run --config vitest.slurm.config.ts`. Left out, with the reason, where it is not installed. */
const missing = noSlurm();
if (missing !== null) console.warn(`The tests on real Slurm are left out: ${missing}.`);

const never = new AbortController().signal;
const cluster = new SlurmCluster(3);
const before = { ...process.env };
const recipe = {
  ...DEFAULT_RECIPE,
  ...{ workingSide: 64, crop: 32, batch: 2, epochs: 3, stepsPerEpoch: 4, warmupSteps: 0 },
};
let folder = '';
let project: Project | null = null;

async function lab(
  tissues: readonly ('cells' | 'vessels')[] = ['cells'],
): Promise<{ project: Project; ids: number[] }> {
  folder = mkdtempSync(join(tmpdir(), 'ccnet-cluster-'));
  project = Project.create(join(folder, 'lab.ccnet'));
  const ids: number[] = [];
  for (const tissue of tissues) {
    const path = join(folder, tissue);
    await generateDataset(path, { tissue, images: 8, side: 64, seed: 5 });
    const request = { kind: 'add-dataset', path, name: tissue, splitMode: 'hashed' } as const;
    ids.push((await addDataset(request, project).run(never, () => undefined)).id);
  }
  return { project, ids };
}

const sweep = (
  datasets: number[],
  changes: Partial<RequestOf<'calibrate'>> = {},
): RequestOf<'calibrate'> => ({
  ...{ kind: 'calibrate', datasets, family: 'unet', width: 4, alphas: [0.5, 1], seeds: [1] },
  ...{ recipe, device: 'native', threads: 1, memory: 500e6, sweepFolder: join(folder, 'sweep') },
  executor: { kind: 'slurm', partition: 'test', every: 0.5 },
  ...changes,
});

const weightsOf = ({ networks }: Project): string =>
  JSON.stringify(
    networks
      .list()
      .map(({ id, network, seed, fold, test }) => [network, seed, fold, test, networks.weights(id)])
      .map((entry) => JSON.stringify(entry))
      .sort(),
  );

/** Runs a sweep and looks at its progress meanwhile. */
function watch(request: RequestOf<'calibrate'>, look: (now: Progress) => void, signal = never) {
  if (!project) throw new Error('no project');
  return calibrate(request, project).run(signal, look);
}

const ids = (kind: string): string[] =>
  existsSync(join(folder, 'sweep', kind, '000')) ? readdirSync(join(folder, 'sweep', kind, '000')) : [];

describe.skipIf(missing !== null)('a sweep on real Slurm', () => {
  beforeAll(async () => {
    await cluster.start();
    Object.assign(process.env, cluster.env);
    provideNodeProgram([process.execPath, join(import.meta.dirname, '../../src-main/cli.ts')]);
  }, 60_000);

  afterAll(async () => {
    await cluster.stop();
    process.env = before;
  }, 60_000);

  afterEach(() => {
    project?.close();
    project = null;
    rmSync(folder, { recursive: true, force: true });
  });

  it('has the bits of the same sweep on one machine: folds, two datasets, a network to learn from, packed images', async () => {
    const asked = {
      ...{ recipe: { ...recipe, teacherWidth: 4, epochs: 1 }, alphas: [0.25, 0.5] },
      folds: [{ number: 2, of: 3 }],
    };
    const here = await lab(['cells', 'vessels']);
    await calibrate(
      sweep(here.ids, { ...asked, executor: undefined, sweepFolder: undefined }),
      here.project,
    ).run(never, () => undefined);
    const alone = weightsOf(here.project);
    here.project.close();
    rmSync(folder, { recursive: true, force: true });
    const there = await lab(['cells', 'vessels']);
    const told: Progress[] = [];
    const { trained } = await watch(
      sweep(there.ids, { ...asked, executor: { kind: 'slurm', every: 0.5, pack: true } }),
      (now) => told.push(now),
    );
    expect(trained).toBe(4);
    expect(weightsOf(there.project)).toBe(alone);
    expect(told.at(-1)?.trainings).toEqual({ waiting: 0, running: 0, done: 6 });
    // A second time there is nothing to do.
    expect(await watch(sweep(there.ids, asked), () => undefined)).toMatchObject({ trained: 0, skipped: 4 });
  });

  it('goes on on another node when one is killed, from the last epoch', async () => {
    const { ids: datasets } = await lab();
    let killed: string | null = null;
    const long = { ...recipe, epochs: 150, stepsPerEpoch: 20 };
    const { trained } = await watch(
      sweep(datasets, { alphas: [0.5], recipe: long, seeds: [1, 2, 3] }),
      (now) => {
        if (killed !== null || (now.trainings?.running ?? 0) < 1 || ids('checkpoints').length === 0) return;
        const busy = cluster
          .run('squeue', '--noheader', '--states=RUNNING', '--format=%N')
          .trim()
          .split('\n')[0];
        if (!busy) return;
        killed = busy;
        cluster.killNode(busy);
      },
    );
    expect(killed).not.toBeNull();
    expect(trained).toBe(3);
    if (killed !== null) cluster.startNode(killed);
    await cluster.until(() => !/down/.test(cluster.run('sinfo', '--noheader')), 'the node to be back');
  });

  it('says so when its array is cancelled on the cluster, keeps what was finished, and submits the rest when it is started again', async () => {
    const { ids: datasets } = await lab();
    const long = { ...recipe, epochs: 400, stepsPerEpoch: 20 };
    let cancelled = false;
    const running = watch(sweep(datasets, { alphas: [0.5], recipe: long, seeds: [1, 2] }), (now) => {
      if (cancelled || (now.trainings?.running ?? 0) < 2 || ids('checkpoints').length < 2) return;
      cancelled = true;
      cluster.run('scancel', '--user=root');
    });
    await expect(running).rejects.toMatchObject({
      code: 'cluster-unfinished',
      facts: { failed: 0, cancelled: 2, reason: null },
    });
    expect(ids('checkpoints')).toHaveLength(2);
    // Shorter, lest the test wait: the tasks are those that were written.
    const stop = new AbortController();
    const again = watch(
      sweep(datasets, { alphas: [0.5], recipe: long, seeds: [1, 2] }),
      (now) => {
        if ((now.trainings?.running ?? 0) > 0) stop.abort();
      },
      stop.signal,
    );
    await expect(again).rejects.toMatchObject({ code: 'cancelled' });
    // Whoever stops following leaves the cluster at work.
    expect(cluster.run('squeue', '--noheader', '--states=RUNNING', '--format=%i')).not.toBe('');
    cluster.run('scancel', '--user=root');
  });

  it('keeps the checkpoint before on a full disk, says so, and finishes when there is room', async () => {
    const { ids: datasets } = await lab();
    const small = join(folder, 'sweep');
    mkdirSync(small);
    expect(spawnSync('mount', ['-t', 'tmpfs', '-o', 'size=4m', 'tmpfs', small]).status).toBe(0);
    try {
      const request = sweep(datasets, { alphas: [1] });
      let filled = false;
      const fill = (): void => {
        if (filled || ids('tasks').length === 0 || !existsSync(join(small, 'state.json'))) return;
        filled = true;
        spawnSync('sh', ['-c', `head -c 3700k /dev/zero > ${join(small, 'filler')}`]);
      };
      const failed: unknown = await watch(request, fill).then(
        () => null,
        (error: unknown) => error,
      );
      // The state could not be written, or the tasks could not: either is said, with the place.
      expect(hasCode(failed, 'target-unwritable', 'cluster-unfinished')).toBe(true);
      await cluster.until(() => cluster.run('squeue', '--noheader').trim() === '', 'the tasks to end');
      rmSync(join(small, 'filler'));
      expect(await watch(request, () => undefined)).toMatchObject({ trained: 1 });
    } finally {
      project?.close();
      project = null;
      spawnSync('umount', [small]);
    }
  });

  it('takes a result in once, though it arrives twice, and leaves a foreign one out in words', async () => {
    const { project: lab1, ids: datasets } = await lab();
    const request = sweep(datasets);
    await watch(request, () => undefined);
    const results = join(folder, 'sweep', 'results', '000');
    const runs = lab1.runs.list().length;
    // As from a node that was thought dead.
    const task = join(folder, 'sweep', 'tasks', '000', '000000.json');
    rmSync(join(results, '000000.json'));
    const cli = join(import.meta.dirname, '../../src-main/cli.ts');
    expect(spawnSync(process.execPath, [cli, 'task', 'run', task]).status).toBe(0);
    const merge = (): string =>
      spawnSync(
        process.execPath,
        [cli, 'task', 'merge', join(folder, 'sweep'), '--project', join(folder, 'lab.ccnet')],
        {
          encoding: 'utf8',
        },
      ).stdout;
    lab1.close();
    project = null;
    expect(merge()).toContain('0 results taken in, 2 there already.');
    copyFileSync(join(results, '000001.json'), join(results, '000000.json'));
    expect(merge()).toMatch(
      /refused: .*000000\.json is not the result of its task: it says that it is of task 000001/,
    );
    const again = Project.open(join(folder, 'lab.ccnet'), { readOnly: true });
    expect(again.runs.list()).toHaveLength(runs);
    again.close();
  });

  it('does not run a task of another version of the product', async () => {
    const { ids: datasets } = await lab();
    let changed = false;
    const running = watch(sweep(datasets, { alphas: [1] }), () => {
      const task = join(folder, 'sweep', 'tasks', '000', '000000.json');
      if (changed || !existsSync(task)) return;
      changed = true;
      writeFileSync(task, readFileSync(task, 'utf8').replace(/"product":"[^"]*"/, '"product":"9.9.9"'));
    });
    await expect(running).rejects.toThrow(
      /000000\.json was made by version 9\.9\.9 of CC-Net Workstation; this is/,
    );
    expect(ids('results')).toEqual([]);
  });

  it('computes 200 tasks, each once', async () => {
    const { project: lab1, ids: datasets } = await lab();
    const seeds = Array.from({ length: 50 }, (_, i) => i + 1);
    const tiny = { ...recipe, epochs: 1, stepsPerEpoch: 1 };
    const request = sweep(datasets, { alphas: [0.25, 0.5, 0.75, 1], seeds, recipe: tiny });
    const { trained } = await watch(request, () => undefined);
    expect(trained).toBe(200);
    expect(lab1.networks.list()).toHaveLength(200);
    expect(ids('results')).toHaveLength(400);
    expect(ids('checkpoints')).toEqual([]);
  }, 1_800_000);
});
