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

/** Whether `resume` would carry a job on. */
export function canResume(job: JobView): boolean {
  return job.state === 'paused' || job.state === 'interrupted';
}

/** Live jobs first, then the rest; newest first in both. */
export function inPanelOrder(jobs: readonly JobView[]): JobView[] {
  return [...jobs].sort((a, b) => Number(isLive(b)) - Number(isLive(a)) || b.id - a.id);
}

/** Whether a job trains a network, and so has examples of what it finds to show. */
export function trains({ request, state }: JobView): boolean {
  return request !== null && 'recipe' in request && state !== 'queued';
}
