import { partOf, arrayIndex, type SweepFolder, PART_SIZE } from '../sweepFolder.ts';
import { arrayRange } from './arrayRange.ts';

/** What is asked of the cluster for every task. */
export interface SlurmResources {
  readonly partition: string | null;
  /** GPUs of a task; 0 for none. */
  readonly gpus: number;
  /** Time limit in Slurm's own words: "2:00:00", "1-12". */
  readonly time: string | null;
  /** Cores of a task. */
  readonly cores: number;
  /** Bytes of memory of a task; null leaves it to the cluster. */
  readonly memory: number | null;
}

const MEBIBYTE = 2 ** 20;

/** Options of the sbatch that submits some tasks of one part as an array. @param after job that has to end before */
export function sbatchArguments(
  folder: SweepFolder,
  ids: readonly string[],
  { partition, gpus, time, cores, memory }: SlurmResources,
  after: string | null,
): string[] {
  const part = partOf(ids[0] ?? '');
  return [
    '--parsable',
    `--job-name=${arrayName(part)}`,
    `--array=${arrayRange(ids.map(arrayIndex))}`,
    `--output=${folder.logs(part)}/%A_%a.txt`,
    '--open-mode=append',
    // A node that fails, or is wanted by somebody else, gives the task back; it goes on from its checkpoint.
    '--requeue',
    '--nodes=1',
    '--ntasks=1',
    `--cpus-per-task=${cores}`,
    ...(memory === null ? [] : [`--mem=${Math.ceil(memory / MEBIBYTE)}M`]),
    ...(partition === null ? [] : [`--partition=${partition}`]),
    ...(time === null ? [] : [`--time=${time}`]),
    ...(gpus > 0 ? [`--gres=gpu:${gpus}`] : []),
    ...(after === null ? [] : [`--dependency=afterany:${after}`]),
  ];
}

/** A word of a POSIX shell, whatever it holds. */
export function quoted(word: string): string {
  return `'${word.replaceAll("'", "'\\''")}'`;
}

/**
 * The script of an array over one part: every index runs one task.
 * @param program words that start the command line on a node
 */
export function sbatchScript(folder: SweepFolder, part: string, program: readonly string[]): string {
  const tasks = `${folder.path}/tasks/${part}`;
  return [
    '#!/bin/sh',
    `id=$(printf %06d $((${Number(part) * PART_SIZE} + SLURM_ARRAY_TASK_ID)))`,
    `exec ${program.map(quoted).join(' ')} task run ${quoted(tasks)}/"$id".json --threads "\${SLURM_CPUS_PER_TASK:-1}"`,
    '',
  ].join('\n');
}

/** The job's number from what `sbatch --parsable` prints: "17", or "17;cluster". Null for anything else. */
export function submittedJob(text: string): string | null {
  return /^(\d+)(;\S+)?\s*$/.exec(text.trim())?.[1] ?? null;
}

/** What the array of a part is called on the cluster. */
export function arrayName(part: string): string {
  return `ccnet-${part}`;
}
