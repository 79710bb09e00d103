import type { Failure } from '#common/failures/failures.ts';
import type { FollowState } from './followState.ts';

/** How a task stands with the scheduler; "gone" when it knows nothing of it any more. */
export type SchedulerState = 'waiting' | 'running' | 'cancelled' | 'ended' | 'gone';

/** What is known of one task now. */
export interface TaskView {
  readonly id: string;
  /** The task whose network it learns from. */
  readonly after: string | null;
  readonly hasResult: boolean;
  /** Of the last attempt, where it could say why it ended. */
  readonly failure: Failure | null;
  /** Epoch of its checkpoint; 0 without one. */
  readonly epoch: number;
  readonly scheduler: SchedulerState;
}

export interface Decision {
  readonly done: readonly string[];
  readonly running: readonly string[];
  readonly waiting: readonly string[];
  /** To be submitted now. */
  readonly submit: readonly string[];
  /** Cancelled on the cluster by somebody; not submitted again by this following. */
  readonly cancelled: readonly string[];
  /** Given up. */
  readonly failed: readonly string[];
}

/** Attempts without a new epoch after which a task is given up. */
export const MOST_ATTEMPTS = 3;

/** What another attempt, on another node or later, may go otherwise: full disks, devices, memory, mounts, faults. */
const MAY_PASS: readonly Failure['code'][] = [
  ...(['target-unwritable', 'device-failed', 'out-of-memory', 'program-fault', 'cancelled'] as const),
  ...(['dataset-missing', 'source-unreadable', 'file-unreadable', 'task-file-unusable'] as const),
  ...(['device-unavailable', 'memory-insufficient', 'native-unloadable', 'task-teacher-missing'] as const),
] as Failure['code'][];

/**
 * Decides what becomes of every task. A result is the only sign that a task is done, and what the scheduler no longer knows has ended: so
 * the following may stop for as long as it likes, and go on anywhere. An attempt that brought its checkpoint further counts for nothing
 * against a task, so that a training longer than the cluster's time limit gets there in several.
 * @param state what was submitted
 * @param first whether this following has only begun: what was cancelled before it is submitted again
 */
export function decideTasks(tasks: readonly TaskView[], state: FollowState, first: boolean): Decision {
  const groups: Record<keyof Decision, string[]> = {
    ...{ done: [], running: [], waiting: [], submit: [], cancelled: [], failed: [] },
  };
  const done = new Set(tasks.flatMap(({ id, hasResult }) => (hasResult ? [id] : [])));
  const given = new Set<string>();
  for (const task of tasks) {
    const group = groupOf(task, state, { first, done, given });
    if (group === 'failed' || group === 'cancelled') given.add(task.id);
    groups[group].push(task.id);
  }
  return groups;
}

function groupOf(
  task: TaskView,
  state: FollowState,
  known: { readonly first: boolean; readonly done: ReadonlySet<string>; readonly given: ReadonlySet<string> },
): keyof Decision {
  const { id, after, scheduler, failure, epoch } = task;
  const before = state.get(id);
  if (task.hasResult) return 'done';
  if (after !== null && known.given.has(after)) return 'failed';
  if (before && scheduler === 'running') return 'running';
  if (before && scheduler === 'waiting') return 'waiting';
  if (!before) return 'submit';
  if (scheduler === 'cancelled' || before.cancelled)
    return known.first && before.cancelled ? 'submit' : 'cancelled';
  // Its own failure says nothing while that network is still being trained.
  if (after !== null && !known.done.has(after)) return 'waiting';
  if (failure && !MAY_PASS.includes(failure.code)) return known.first ? 'submit' : 'failed';
  if (epoch > before.epoch) return 'submit';
  return before.attempts < MOST_ATTEMPTS || known.first ? 'submit' : 'failed';
}
