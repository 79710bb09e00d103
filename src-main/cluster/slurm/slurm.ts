import { execFile } from 'node:child_process';
import { CcnetError } from '#common/errors.ts';
import type { SchedulerState } from '../decideTasks.ts';
import { readSacct, readSqueue, SQUEUE_FORMAT } from './squeue.ts';
import { arrayName, submittedJob } from './sbatch.ts';

const MOST_OUTPUT = 256 * 2 ** 20;
const PATIENCE_MS = 60_000;

interface Answer {
  readonly ok: boolean;
  readonly out: string;
  readonly error: string;
}

function run(program: string, args: readonly string[], input = ''): Promise<Answer> {
  return new Promise((resolve) => {
    const options = { maxBuffer: MOST_OUTPUT, timeout: PATIENCE_MS };
    const child = execFile(program, args, options, (error, out, err) => {
      resolve({ ok: error === null, out, error: err.trim() || (error?.message ?? '') });
    });
    child.stdin?.on('error', () => undefined);
    child.stdin?.end(input);
  });
}

/** What a program of Slurm says, without its name before every line. */
function plain(text: string): string {
  const lines = text.split('\n').map((line) => line.replace(/^\w+: (error: )?/, '').trim());
  return [...new Set(lines)].filter(Boolean).join(' ').slice(0, 500);
}

/** Whether this machine can submit to Slurm, which has no programs for Windows. */
export async function hasSlurm(): Promise<boolean> {
  return process.platform !== 'win32' && (await run('sbatch', ['--version'])).ok;
}

/** What sbatch says when only the number of jobs is the trouble: it will take more when some have ended. */
const FULL = /job submit limit|QOSMax|AssocMax|MaxSubmit|maximum (job|number)|try again|temporarily/i;

/**
 * Submits an array.
 * @returns its number; null when the cluster takes no more for now
 * @throws cluster-refused with what the cluster says
 */
export async function submitArray(args: readonly string[], script: string): Promise<string | null> {
  const { ok, out, error } = await run('sbatch', args, script);
  const job = ok ? submittedJob(out) : null;
  if (job !== null) return job;
  if (FULL.test(error)) return null;
  throw new CcnetError('cluster-refused', { reason: plain(error || out) || 'It says nothing.' });
}

/**
 * How the tasks of some arrays stand, by array and index ("17_3"). What is in neither answer has ended long ago. Null when the cluster does not
 * answer now.
 */
export async function arrayStates(jobs: readonly string[]): Promise<Map<string, SchedulerState> | null> {
  if (jobs.length === 0) return new Map();
  const named = `--jobs=${jobs.join(',')}`;
  const queue = await run('squeue', [
    '--noheader',
    '--array',
    '--states=all',
    named,
    `--format=${SQUEUE_FORMAT}`,
  ]);
  // Of jobs that it has forgotten, squeue says that they are invalid.
  if (!queue.ok && !/invalid job id/i.test(queue.error)) return null;
  const live = readSqueue(queue.out);
  const missing = jobs.some((job) => ![...live.keys()].some((name) => name.startsWith(`${job}_`)));
  if (!missing) return live;
  // Not every cluster keeps accounts; then what squeue has forgotten counts as ended.
  const args = ['--noheader', '--parsable2', '--allocations', '--format=JobID,State', named];
  const accounts = await run('sacct', args);
  return new Map([...(accounts.ok ? readSacct(accounts.out) : []), ...live]);
}

/**
 * Cancels arrays of sweeps. Each goes by its name as well: whoever wrote the number down, it is no other job of this user.
 * @param arrays by the part of the sweep @throws cluster-refused
 */
export async function cancelArrays(arrays: ReadonlyMap<string, readonly string[]>): Promise<void> {
  for (const [part, jobs] of arrays) {
    const { ok, error } = await run('scancel', [`--name=${arrayName(part)}`, ...jobs]);
    if (!ok) throw new CcnetError('cluster-refused', { reason: plain(error) });
  }
}
