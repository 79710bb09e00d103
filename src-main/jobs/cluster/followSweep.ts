import { existsSync } from 'node:fs';
import { readFile, rm } from 'node:fs/promises';
import { CcnetError, throwIfCancelled } from '#common/errors.ts';
import { problemOf, readFailure, type Failure } from '#common/failures/failures.ts';
import type { CalibrationRun } from '#common/calibration/calibrationRun.ts';
import type { OnProgress } from '#contract/progress.ts';
import { decideTasks, type Decision, type TaskView } from '../../cluster/decideTasks.ts';
import { type FollowState, readState, type TaskState, writeState } from '../../cluster/followState.ts';
import { readCheckpoint } from '../../cluster/checkpointFile.ts';
import { readTask } from '../../cluster/openTask.ts';
import { arrayIndex, partOf, type SweepFolder, taskId } from '../../cluster/sweepFolder.ts';
import { sbatchArguments, sbatchScript, type SlurmResources } from '../../cluster/slurm/sbatch.ts';
import { arrayStates, submitArray } from '../../cluster/slurm/slurm.ts';
import type { Project } from '../../project/project.ts';
import { outputsOf } from '../outputs.ts';
import { readSweep, ResultMerger } from './mergeSweep.ts';

export interface FollowOptions {
  readonly project: Project;
  readonly resources: SlurmResources;
  /** Words that start the command line on a node. */
  readonly program: readonly string[];
  /** Milliseconds between two looks at the cluster. */
  readonly every: number;
  readonly signal: AbortSignal;
  readonly onProgress: OnProgress;
}

interface KnownTask {
  readonly id: string;
  readonly after: string | null;
}

/**
 * Submits what of a sweep has to be submitted, follows it, takes in every result as it arrives, and submits anew what failed or was preempted, until nothing is
 * left to wait for. All that it knows lies in the sweep's folder and with the scheduler: it may be stopped at any moment, which leaves the
 * cluster at work, and goes on from there when it is called again, on any machine that sees the folder.
 * @returns the runs that were taken in
 * @throws cluster-unfinished when some tasks were given up or cancelled, after all others have ended; cluster-refused
 */
export async function followSweep(folder: SweepFolder, options: FollowOptions): Promise<CalibrationRun[]> {
  const { project, signal } = options;
  const { tasks: count } = await readSweep(folder);
  const tasks = await knownTasks(folder, count, signal);
  const check = (): void => throwIfCancelled(signal, 'Following the sweep');
  const merger = new ResultMerger(project, folder);
  const merged = new Map<string, CalibrationRun>();
  const refused = new Map<string, Failure>();
  const began = performance.now();
  let doneAtFirst: number | null = null;
  for (let first = true; ; first = false) {
    let state = await readState(folder.state);
    const arrived = tasks.flatMap(({ id }) =>
      merged.has(id) || refused.has(id) || !existsSync(folder.result(id)) ? [] : [id],
    );
    for (const [id, result] of await merger.merge(arrived, check)) {
      if (result.as === 'refused') refused.set(id, result.failure);
      else merged.set(id, result.run);
    }
    const live = await arrayStates([...new Set([...state.values()].map(({ job }) => job))]);
    if (live) {
      const views = await Promise.all(
        tasks.map(({ id, after }) => viewOf(folder, { id, after }, state, live, merged.has(id))),
      );
      // A result that is not its task's counts as a failure that another attempt does not mend.
      const decision = decideTasks(
        views.map((view) => ({ ...view, failure: refused.get(view.id) ?? view.failure })),
        state,
        first,
      );
      const submitted = await submit(folder, decision, views, state, options);
      state = submitted.state;
      doneAtFirst ??= decision.done.length;
      tell(
        decision,
        tasks.length,
        { seconds: (performance.now() - began) / 1000, before: doneAtFirst },
        options,
      );
      if (decision.running.length + decision.waiting.length + decision.submit.length === 0) {
        return finish(folder, decision, views, [...merged.values()], refused);
      }
    }
    await pause(options.every, signal);
  }
}

/** What was read of the tasks once: whose network each learns from. */
async function knownTasks(folder: SweepFolder, count: number, signal: AbortSignal): Promise<KnownTask[]> {
  const tasks: KnownTask[] = [];
  for (let index = 0; index < count; index++) {
    throwIfCancelled(signal, 'Following the sweep');
    const id = taskId(index);
    const { teacher } = await readTask(folder, id);
    tasks.push({ id, after: teacher && 'task' in teacher.from ? teacher.from.task : null });
  }
  return tasks;
}

async function viewOf(
  folder: SweepFolder,
  { id, after }: KnownTask,
  state: FollowState,
  live: ReadonlyMap<string, TaskView['scheduler']>,
  hasResult: boolean,
): Promise<TaskView> {
  const submitted = state.get(id);
  const scheduler = submitted ? (live.get(`${submitted.job}_${arrayIndex(id)}`) ?? 'gone') : 'gone';
  const ended = submitted !== undefined && !hasResult && scheduler !== 'running' && scheduler !== 'waiting';
  return {
    ...{ id, after, hasResult, scheduler },
    failure: ended ? await storedFailure(folder.failure(id)) : null,
    epoch: ended ? await epochOf(folder.checkpoint(id)) : 0,
  };
}

async function storedFailure(path: string): Promise<Failure | null> {
  try {
    return readFailure(JSON.parse(await readFile(path, 'utf8')));
  } catch {
    return null;
  }
}

async function epochOf(path: string): Promise<number> {
  if (!existsSync(path)) return 0;
  // One that cannot be read has brought nothing further; the task itself then begins anew.
  return readCheckpoint(path).then(
    ({ checkpoint }) => checkpoint.epoch,
    () => 0,
  );
}

/** Submits tasks as one array a part, those that learn from others behind those. What was submitted is noted array by array. */
async function submit(
  folder: SweepFolder,
  decision: Decision,
  views: readonly TaskView[],
  before: FollowState,
  { resources, program, project }: FollowOptions,
): Promise<{ readonly state: FollowState }> {
  const state = new Map<string, TaskState>(before);
  const byId = new Map(views.map((view) => [view.id, view]));
  // Cancelled ones are told once, and tried again when somebody starts the sweep anew.
  for (const id of decision.cancelled) {
    const known = state.get(id);
    if (known) state.set(id, { ...known, cancelled: true });
  }
  const waves = [
    decision.submit.filter((id) => byId.get(id)?.after === null),
    decision.submit.filter((id) => byId.get(id)?.after !== null),
  ];
  let last: string | null = null;
  for (const [wave, ids] of waves.entries()) {
    for (const [part, some] of Map.groupBy(ids, partOf)) {
      await outputsOf(project).write(`${folder.logs(part)}/README.txt`, LOGS);
      const args = sbatchArguments(folder, some, resources, wave === 1 ? last : null);
      const job = await submitArray(args, sbatchScript(folder, part, program));
      if (job === null) return { state };
      if (wave === 0) last = job;
      for (const id of some) {
        const view = byId.get(id);
        const known = state.get(id);
        const grew = known !== undefined && (view?.epoch ?? 0) > known.epoch;
        const attempts = known && !grew && !known.cancelled ? known.attempts + 1 : 1;
        state.set(id, { job, attempts, epoch: view?.epoch ?? 0, cancelled: false });
        await rm(folder.failure(id), { force: true });
      }
      // At once: an array that nobody knows of would be computed twice.
      await writeState(folder.state, state);
    }
  }
  if (decision.cancelled.length > 0) await writeState(folder.state, state);
  return { state };
}

const LOGS = 'What the tasks of this part printed: a file for every job and index.\n';

function tell(
  { done, running, waiting, submit: begun }: Decision,
  total: number,
  { seconds, before }: { readonly seconds: number; readonly before: number },
  { onProgress }: FollowOptions,
): void {
  const finished = done.length - before;
  onProgress({
    stage: 'On the cluster',
    done: done.length,
    total,
    unit: 'networks',
    secondsLeft: finished > 0 ? (seconds / finished) * (total - done.length) : null,
    trainings: { waiting: waiting.length + begun.length, running: running.length, done: done.length },
  });
}

function finish(
  folder: SweepFolder,
  { failed, cancelled }: Decision,
  views: readonly TaskView[],
  runs: CalibrationRun[],
  refused: ReadonlyMap<string, Failure>,
): CalibrationRun[] {
  if (failed.length + cancelled.length === 0) return runs;
  const reasons = views.flatMap(({ id, failure }) =>
    failed.includes(id) ? (refused.get(id) ?? failure ?? []) : [],
  );
  throw new CcnetError('cluster-unfinished', {
    ...{ failed: failed.length, cancelled: cancelled.length, folder: folder.path },
    reason: reasons[0] ? problemOf(reasons[0]) : null,
  });
}

/** Waits, or ends at once when the following is stopped. */
function pause(milliseconds: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(done, milliseconds);
    signal.addEventListener('abort', done, { once: true });
    function done(): void {
      clearTimeout(timer);
      signal.removeEventListener('abort', done);
      resolve();
    }
  });
}
