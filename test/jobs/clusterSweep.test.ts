import { spawnSync } from 'node:child_process';
import { chmodSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { DEFAULT_RECIPE } from '#common/training/defaultRecipe.ts';
import type { RequestOf } from '#contract/jobs/jobKinds.ts';
import type { Progress } from '#contract/progress.ts';
import { generateDataset } from '../../src-main/demo/generateDataset.ts';
import { calibrate } from '../../src-main/jobs/calibration/calibrate.ts';
import { writeState } from '../../src-main/cluster/followState.ts';
import { provideNodeProgram } from '../../src-main/jobs/cluster/nodeProgram.ts';
import { sweepFolderOf } from '../../src-main/jobs/cluster/sweepFolderOf.ts';
import { runTask } from '../../src-main/jobs/cluster/runTask.ts';
import { addDataset } from '../../src-main/jobs/dataset/addDataset.ts';
import { Project } from '../../src-main/project/project.ts';
import { projectCalls } from '../../src-main/workers/project/projectCalls.ts';
import { temporaryFolder } from '../project/temporaryFolder.ts';

/**
 * Stand-ins for the programs of Slurm that answer as those of 22.05 did (test/slurm has the real ones): sbatch computes the array at once, but
 * for the index in the file "lost", whose node fails the first time.
 */
const SBATCH = `#!/bin/sh
here=$(dirname "$0")
[ "$1" = --version ] && echo "slurm-wlm 22.05.8" && exit 0
if [ -e "$here/refuses" ]; then
  echo "sbatch: error: invalid partition specified: nope" >&2
  echo "sbatch: error: Batch job submission failed: Invalid partition name specified" >&2
  exit 1
fi
job=$(($(cat "$here/last" 2>/dev/null || echo 40) + 1)); echo $job > "$here/last"
echo "$@" >> "$here/asked"
cat > "$here/script"
array=$(echo "$@" | sed 's/.*--array=\\([^ ]*\\).*/\\1/')
for range in $(echo $array | tr , ' '); do
  for index in $(seq \${range%-*} \${range#*-}); do
    if [ "$(cat "$here/lost" 2>/dev/null)" = $index ]; then
      rm "$here/lost"; echo "$job|$index|NODE_FAIL" >> "$here/queue"; continue
    fi
    SLURM_ARRAY_TASK_ID=$index SLURM_CPUS_PER_TASK=1 sh "$here/script" >> "$here/printed" 2>&1 \\
      && echo "$job|$index|COMPLETED" >> "$here/queue" || echo "$job|$index|FAILED" >> "$here/queue"
  done
done
echo $job
`;
const SQUEUE = `#!/bin/sh
cat "$(dirname "$0")/queue" 2>/dev/null && exit 0
echo "slurm_load_jobs error: Invalid job id specified" >&2; exit 1
`;
const SACCT = `#!/bin/sh
echo "Slurm accounting storage is disabled" >&2; exit 1
`;

const SCANCEL = `#!/bin/sh
echo "$@" >> "$(dirname "$0")/cancelled"
`;

const never = new AbortController().signal;
const path = process.env['PATH'];
const cli = join(import.meta.dirname, '../../src-main/cli.ts');
const recipe = {
  ...DEFAULT_RECIPE,
  ...{ workingSide: 64, crop: 32, batch: 2, epochs: 1, stepsPerEpoch: 2, warmupSteps: 0 },
};
let folder: string;
let bin: string;
let project: Project;
let request: RequestOf<'calibrate'>;

beforeEach(async () => {
  folder = temporaryFolder();
  bin = join(folder, 'bin');
  mkdirSync(bin);
  for (const [name, text] of Object.entries({
    sbatch: SBATCH,
    squeue: SQUEUE,
    sacct: SACCT,
    scancel: SCANCEL,
  })) {
    writeFileSync(join(bin, name), text);
    chmodSync(join(bin, name), 0o755);
  }
  process.env['PATH'] = `${bin}${delimiter}${path}`;
  provideNodeProgram([process.execPath, cli]);
  project = Project.create(join(folder, 'lab.ccnet'));
  const images = join(folder, 'cells');
  await generateDataset(images, { tissue: 'cells', images: 6, side: 64, seed: 5 });
  const added = await addDataset(
    { kind: 'add-dataset', path: images, name: 'cells', splitMode: 'hashed' },
    project,
  ).run(never, () => undefined);
  request = {
    ...{ kind: 'calibrate', datasets: [added.id], family: 'unet', width: 4, alphas: [0.5, 1], seeds: [1] },
    ...{ recipe, device: 'native', threads: 1, memory: 500e6, sweepFolder: join(folder, 'sweep') },
    executor: { kind: 'slurm', partition: 'short', time: '1:00:00', every: 0.2 },
  };
});

afterEach(() => {
  process.env['PATH'] = path;
  project.close();
});

const written = (name: string): string => readFileSync(join(bin, name), 'utf8');

describe('a sweep on a cluster', () => {
  it('is submitted as an array, computed without the project, and taken in once; a task of a lost node is submitted again', async () => {
    writeFileSync(join(bin, 'lost'), '1');
    const told: Progress[] = [];
    const result = await calibrate(request, project).run(never, (now) => told.push(now));
    expect(result).toMatchObject({ trained: 2, skipped: 0 });
    const [first = '', second = '', ...more] = written('asked').trim().split('\n');
    expect(first).toContain('--array=0-1 ');
    expect(first).toMatch(/--partition=short .*--time=1:00:00/);
    expect(second).toContain('--array=1 ');
    expect(more).toEqual([]);
    expect(told.at(-1)?.trainings).toEqual({ waiting: 0, running: 0, done: 2 });
    const networks = project.networks.list();
    expect(networks.map(({ network, runId }) => [network.factor, runId !== null])).toEqual([
      [0.5, true],
      [1, true],
    ]);
    expect(project.trainings.list().map(({ state }) => state)).toEqual(['finished', 'finished']);
    expect(project.trainings.list().map(({ id }) => project.checkpoints.history(id).length)).toEqual([1, 1]);
    // Each is a library file for any project.
    const library = Project.create(join(folder, 'other.ccnet'));
    library.close();
    const file = join(folder, 'sweep/results/000/000001.json');
    const imported = spawnSync(
      process.execPath,
      [cli, 'library', 'import', file, '--project', library.path],
      {
        encoding: 'utf8',
      },
    );
    expect(imported.stdout).toContain('1 run added');
  });

  it('goes on from the stored state, with what the nodes have done meanwhile', async () => {
    const stop = new AbortController();
    const following = calibrate(request, project).run(stop.signal, ({ trainings }) => {
      if (trainings) stop.abort();
    });
    await expect(following).rejects.toMatchObject({ code: 'cancelled' });
    expect(existsSync(join(folder, 'sweep/state.json'))).toBe(true);
    const before = project.networks.list().length;
    expect(before).toBe(0);
    expect(await calibrate(request, project).run(never, () => undefined)).toMatchObject({ trained: 2 });
    expect(written('asked').trim().split('\n')).toHaveLength(1);
  });

  it('that the cluster refuses says why, in its words', async () => {
    writeFileSync(join(bin, 'refuses'), '');
    await expect(calibrate(request, project).run(never, () => undefined)).rejects.toMatchObject({
      code: 'cluster-refused',
      facts: {
        reason:
          'invalid partition specified: nope Batch job submission failed: Invalid partition name specified',
      },
    });
  });

  it('is cancelled there from the window, and no other job of the user with it', async () => {
    const asked = { ...request, executor: { kind: 'slurm' } } as const;
    const { path: ofSweep, state } = sweepFolderOf(project, asked);
    mkdirSync(ofSweep, { recursive: true });
    const task = { job: '77', attempts: 1, epoch: 0, cancelled: false };
    await writeState(
      state,
      new Map([
        ['000000', task],
        ['000001', { ...task, job: '78' }],
      ]),
    );
    writeFileSync(join(bin, 'queue'), '77|0|RUNNING\n78|1|COMPLETED\n');
    const job = project.jobs.add('calibrate', 'A sweep', asked);
    project.close();
    const calls = projectCalls();
    calls.open({ path: project.path, mode: 'write' });
    try {
      expect(await calls['jobs.cancelOnCluster'](job)).toBe(1);
      expect(written('cancelled').trim()).toBe('--name=ccnet-000 77');
    } finally {
      calls.close();
    }
  });

  it('is not begun where there is no Slurm', async () => {
    process.env['PATH'] = join(folder, 'nothing');
    await expect(calibrate(request, project).run(never, () => undefined)).rejects.toMatchObject({
      code: 'cluster-missing',
    });
    expect(existsSync(join(folder, 'sweep'))).toBe(false);
  });
});

describe('a task file', () => {
  const run = (file: string) => {
    const { status, stderr } = spawnSync(process.execPath, [cli, 'task', 'run', file, '--json'], {
      encoding: 'utf8',
    });
    return { status, stderr };
  };

  it('that is hostile or foreign is refused in words, and nothing is computed or written elsewhere', async () => {
    writeFileSync(join(bin, 'lost'), '0');
    await calibrate({ ...request, alphas: [1] }, project).run(never, () => undefined);
    const file = join(folder, 'sweep/tasks/000/000000.json');
    const result = join(folder, 'sweep/results/000/000000.json');
    rmSync(result);
    const task = JSON.parse(readFileSync(file, 'utf8')) as Record<string, unknown>;
    const hostile: readonly [unknown, RegExp][] = [
      [{ ...task, product: '9.9.9' }, /made by version 9\.9\.9/],
      [{ ...task, dataset: '../../../etc/passwd' }, /dataset: is not a fingerprint/],
      [{ ...task, dataset: 'a'.repeat(64) }, /cannot be read/],
      [{ ...task, teacher: { from: { task: '../../x' } } }, /teacher/],
      [{ ...task, recipe: { ...recipe, batch: 1e9 } }, /recipe\.batch/],
      [{ ...task, device: 'rm -rf' }, /device/],
      [[], /the file|expected object/],
      ['{"product":', /not JSON/],
    ];
    const options = { threads: 1, signal: never, onProgress: () => undefined };
    for (const [content, words] of hostile) {
      writeFileSync(file, typeof content === 'string' ? content : JSON.stringify(content));
      await expect(runTask(file, options)).rejects.toThrow(words);
      expect(existsSync(result)).toBe(false);
    }
    const elsewhere = join(folder, 'task.json');
    writeFileSync(elsewhere, JSON.stringify(task));
    expect(run(elsewhere).status).toBe(2);
    // A dataset whose images lie outside of it.
    writeFileSync(file, JSON.stringify(task));
    const dataset = join(folder, `sweep/datasets/${String(task['dataset'])}.json`);
    writeFileSync(
      dataset,
      readFileSync(dataset, 'utf8').replace(/"image":"[^"]*"/, '"image":"../secret.png"'),
    );
    await expect(runTask(file, options)).rejects.toThrow(/images\.0\.image: leaves the folder/);
  });
});
