import type { JobView } from '#contract/channels.ts';

/** The list with `job` in place of its older self, newest first. */
export function upsertJob(jobs: readonly JobView[], job: JobView): readonly JobView[] {
  const others = jobs.filter((one) => one.id !== job.id);
  return [...others, job].sort((a, b) => b.id - a.id);
}

/** Whether a job still has something to do. */
export function isLive(job: JobView): boolean {
  return job.state === 'queued' || job.state === 'running' || job.state === 'paused';
}

/** Whether its trainings are computed on a cluster, which goes on when the job stops. */
export function isOnCluster({ request }: JobView): boolean {
  return request?.kind === 'calibrate' && request.executor !== undefined;
}

/** Whether `resume` would carry a job on: what was finished of it is kept, however it ended. */
export function canResume({ state, request }: JobView): boolean {
  return (
    state === 'paused' ||
    state === 'interrupted' ||
    (request !== null && (state === 'cancelled' || state === 'failed'))
  );
}

/** Whether a job has ended and only its line is left, which may be cleared. */
export function hasEnded({ state }: JobView): boolean {
  return state === 'finished' || state === 'failed' || state === 'cancelled';
}

/** Questions that the window asks by itself; they are in the list only while they run, or when they fail. */
export function isAside({ request, state }: JobView): boolean {
  const asked =
    request?.kind === 'inspect-devices' ||
    request?.kind === 'examples' ||
    request?.kind === 'test-images' ||
    (request?.kind === 'calibrate' && request.dryRun === true);
  return asked && (state === 'finished' || state === 'cancelled');
}

/** Jobs that still have something to do first, or wait to be taken up; then the rest; newest first in both. */
export function inPanelOrder(jobs: readonly JobView[]): JobView[] {
  const open = (job: JobView): number => Number(isLive(job) || job.state === 'interrupted');
  return jobs.filter((job) => !isAside(job)).sort((a, b) => open(b) - open(a) || b.id - a.id);
}

/** Whether a job trains a network, and so has examples of what it finds to show. */
export function trains({ request, state }: JobView): boolean {
  return request !== null && 'recipe' in request && state !== 'queued';
}
