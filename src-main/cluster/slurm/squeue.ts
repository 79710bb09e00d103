import type { SchedulerState } from '../decideTasks.ts';

/** Format of squeue's lines: array job, index, state. */
export const SQUEUE_FORMAT = '%F|%K|%T';

const RUNNING = ['RUNNING', 'COMPLETING', 'STAGE_OUT', 'SIGNALING', 'STOPPED'];
const WAITING = [
  ...['PENDING', 'CONFIGURING', 'SUSPENDED', 'REQUEUED', 'REQUEUE_FED', 'REQUEUE_HOLD', 'SPECIAL_EXIT'],
  ...['RESIZING', 'RESV_DEL_HOLD'],
];

/** Slurm's word for a job's state, by what it means to a task. */
export function schedulerState(word: string): SchedulerState {
  // sacct adds by whom: "CANCELLED by 1000".
  const state = word.split(' ')[0]?.replace(/\+$/, '') ?? '';
  if (RUNNING.includes(state)) return 'running';
  if (WAITING.includes(state)) return 'waiting';
  return state === 'CANCELLED' ? 'cancelled' : 'ended';
}

/** States by array job and index, "17_3", from squeue's lines in SQUEUE_FORMAT with --array; others are passed over. */
export function readSqueue(text: string): Map<string, SchedulerState> {
  const states = new Map<string, SchedulerState>();
  for (const line of text.split('\n')) {
    const [, job, index, state] = /^(\d+)\|(\d+)\|(\w+)/.exec(line.trim()) ?? [];
    if (job !== undefined && index !== undefined && state !== undefined) {
      states.set(`${job}_${index}`, schedulerState(state));
    }
  }
  return states;
}

/** The same from sacct's lines "17_3|STATE" (--parsable2 --allocations --format=JobID,State); of a requeued job the last line counts. */
export function readSacct(text: string): Map<string, SchedulerState> {
  const states = new Map<string, SchedulerState>();
  for (const line of text.split('\n')) {
    const [, name, state] = /^(\d+_\d+)\|([^|]+)$/.exec(line.trim()) ?? [];
    if (name !== undefined && state !== undefined) states.set(name, schedulerState(state));
    // Of what never began it names a range: "17_[3-5,7]".
    const [, job, ranges, all] = /^(\d+)_\[([\d,-]+)[^\]]*\]\|([^|]+)$/.exec(line.trim()) ?? [];
    if (job === undefined || ranges === undefined || all === undefined) continue;
    for (const index of indicesOf(ranges)) states.set(`${job}_${index}`, schedulerState(all));
  }
  return states;
}

/** Most indices of an array that is believed: Slurm's own limit is four million. */
const MOST_INDICES = 100_000;

function indicesOf(ranges: string): number[] {
  return ranges.split(',').flatMap((range) => {
    const [first = Number.NaN, last = first] = range.split('-').map(Number);
    const count = Math.min(MOST_INDICES, last - first + 1);
    return Array.from({ length: count > 0 ? count : 0 }, (_, i) => first + i);
  });
}
