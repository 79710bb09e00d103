import { spawnSync } from 'node:child_process';
import { describe, expect, it } from 'vitest';
import { arrayRange } from '../../src-main/cluster/slurm/arrayRange.ts';
import { quoted, sbatchArguments, sbatchScript, submittedJob } from '../../src-main/cluster/slurm/sbatch.ts';
import { readSacct, readSqueue, schedulerState } from '../../src-main/cluster/slurm/squeue.ts';
import { SweepFolder, taskId } from '../../src-main/cluster/sweepFolder.ts';

describe('what Slurm 22.05 printed', () => {
  it('is read: an array of which one was cancelled, one failed, and two that wait for it', () => {
    const printed = `1|3|CANCELLED
1|0|COMPLETED
1|2|COMPLETED
1|7|COMPLETED
1|1|FAILED
2|0|RUNNING
2|1|PENDING
`;
    expect(Object.fromEntries(readSqueue(printed))).toEqual({
      ...{ '1_0': 'ended', '1_1': 'ended', '1_2': 'ended', '1_3': 'cancelled', '1_7': 'ended' },
      ...{ '2_0': 'running', '2_1': 'waiting' },
    });
  });

  it('has nothing in it that is not a line of ours', () => {
    expect(readSqueue('slurm_load_jobs error: Invalid job id specified\n\n|||\n17|N/A|RUNNING\n').size).toBe(
      0,
    );
  });

  it('is read from the accounts too, with ranges of what never began', () => {
    const printed =
      '17_0|COMPLETED\n17_1|CANCELLED by 1000\n17_2|NODE_FAIL\n17_2|RUNNING\n17_[4-5,9%2]|PENDING\n';
    expect(Object.fromEntries(readSacct(printed))).toEqual({
      ...{ '17_0': 'ended', '17_1': 'cancelled', '17_2': 'running' },
      ...{ '17_4': 'waiting', '17_5': 'waiting', '17_9': 'waiting' },
    });
  });

  it.each([
    ['TIMEOUT', 'ended'],
    ['PREEMPTED', 'ended'],
    ['OUT_OF_MEMORY', 'ended'],
    ['CANCELLED+', 'cancelled'],
    ['REQUEUED', 'waiting'],
    ['COMPLETING', 'running'],
    ['A_STATE_OF_LATER', 'ended'],
  ])('%s means %s', (word, state) => {
    expect(schedulerState(word)).toBe(state);
  });

  it.each([
    ['17\n', '17'],
    ['17;cluster2\n', '17'],
    ['Submitted batch job 17', null],
    ['', null],
  ])('%j names the job %j', (text, job) => {
    expect(submittedJob(text)).toBe(job);
  });
});

describe('what Slurm is told', () => {
  const folder = new SweepFolder("/shared/o'neill lab/sweep");
  const resources = { partition: 'gpu', gpus: 1, time: '2:00:00', cores: 4, memory: 3e9 };

  it('an array covers the tasks of one part, by their index in it', () => {
    const args = sbatchArguments(folder, [1000, 1001, 1002, 1007].map(taskId), resources, '12');
    expect(args).toEqual(
      expect.arrayContaining([
        ...[
          '--array=0-2,7',
          '--partition=gpu',
          '--gres=gpu:1',
          '--time=2:00:00',
          '--cpus-per-task=4',
          '--mem=2862M',
        ],
        ...['--dependency=afterany:12', '--requeue'],
      ]),
    );
    const plain = { partition: null, gpus: 0, time: null, cores: 1, memory: null };
    const bare = sbatchArguments(folder, ['000003'], plain, null).join(' ');
    expect(bare).not.toMatch(/partition|gres|time|mem|dependency/);
  });

  it.each([
    [[3], '3'],
    [[0, 1, 2, 3], '0-3'],
    [[9, 1, 2, 4], '1-2,4,9'],
    [[], ''],
  ])('%j as a range is %j', (indices, range) => {
    expect(arrayRange(indices)).toBe(range);
  });

  it('the script runs the task of its index, in a folder of any name', () => {
    const script = sbatchScript(folder, '001', ['printf', '<%s>']);
    const { stdout } = spawnSync('sh', ['-c', script], {
      env: { ...process.env, SLURM_ARRAY_TASK_ID: '42', SLURM_CPUS_PER_TASK: '4' },
      encoding: 'utf8',
    });
    expect(stdout).toBe(`<task><run></shared/o'neill lab/sweep/tasks/001/001042.json><--threads><4>`);
  });

  it('quotes words so that a shell reads nothing into them', () => {
    const word = `$(touch /tmp/x) "'\\;* é`;
    expect(spawnSync('sh', ['-c', `printf %s ${quoted(word)}`], { encoding: 'utf8' }).stdout).toBe(word);
  });
});

describe('a task file', () => {
  it('is known by its place', () => {
    expect(SweepFolder.ofTask('/s/tasks/001/001042.json')).toMatchObject({
      id: '001042',
      folder: { path: '/s' },
    });
    for (const path of [
      '/s/tasks/000/001042.json',
      '/s/001/001042.json',
      '/s/tasks/001/1042.json',
      '/x.json',
    ]) {
      expect(SweepFolder.ofTask(path)).toBeNull();
    }
  });
});
