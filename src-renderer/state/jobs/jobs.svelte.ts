import { SvelteMap } from 'svelte/reactivity';
import { CancelledError, CcnetError, errorFrom } from '#common/errors.ts';
import type { JobMoment, JobView } from '#contract/channels.ts';
import type { DeviceId } from '#common/device/device.ts';
import type { JobKind, JobRequest, RequestOf, ResultOf } from '#contract/jobs/jobKinds.ts';
import type { LiveExamples } from '#contract/liveExample.ts';
import { call } from '../main/call.ts';
import { JobEnds } from './jobEnds.ts';
import { appendMoment } from './jobMoments.ts';
import { attempt, toasts } from '../window/toasts.svelte.ts';
import { hasEnded, isLive, upsertJob } from './upsertJob.ts';

/** Why a job whose end was awaited did not end well. */
function unfinished({ title, state, error }: JobView): CcnetError {
  if (state === 'cancelled') return new CancelledError(title);
  return error ? errorFrom(error) : new CcnetError('job-not-finished', { job: title, state });
}

/** All jobs, kept up to date by notices. */
class Jobs {
  list = $state.raw<readonly JobView[]>([]);
  readonly moments = new SvelteMap<number, readonly JobMoment[]>();
  /** What the network that a job trains makes of a few images, after its latest epoch. */
  readonly examples = new SvelteMap<number, LiveExamples>();
  readonly live = $derived(this.list.filter(isLive));
  /** Whose process ended early, and which wait to be taken up. */
  readonly interrupted = $derived(this.list.filter(({ state }) => state === 'interrupted'));
  readonly #ends = new JobEnds();

  async load(): Promise<void> {
    await attempt(async () => {
      for (const job of await call('jobs.list')) this.note(job);
    });
  }

  /** Takes in what the main process told of a job. */
  note(job: JobView): void {
    this.list = upsertJob(this.list, job);
    if (job.progress?.figures) {
      const before = this.moments.get(job.id) ?? [];
      this.moments.set(job.id, appendMoment(before, job.progress, new Date().toISOString()));
    }
    if (isLive(job) || job.state === 'interrupted') return;
    this.#ends.tell(job);
  }

  byId(id: number | null): JobView | undefined {
    return this.list.find((job) => job.id === id);
  }

  async start(request: JobRequest): Promise<JobView> {
    const job = await call('jobs.start', request);
    // A notice may have overtaken the answer with newer progress.
    if (!this.byId(job.id)) this.note(job);
    return this.byId(job.id) ?? job;
  }

  /** Starts a job and waits for its result. @throws CcnetError with the job's failure */
  async run<Kind extends JobKind>(
    request: RequestOf<Kind> & { readonly kind: Kind },
    started: (job: JobView) => void = () => {},
  ): Promise<ResultOf<Kind>> {
    const job = await this.start(request);
    started(job);
    return (await this.end(job)) as ResultOf<Kind>;
  }

  async end(job: JobView): Promise<JobView['result']> {
    const now = this.byId(job.id) ?? job;
    const ended = isLive(now) || now.state === 'interrupted' ? await this.#ends.of(now) : now;
    if (ended.state !== 'finished') throw unfinished(ended);
    return ended.result;
  }

  /** Fetches the curve that was recorded before this window listened. */
  async loadMoments(id: number): Promise<void> {
    await attempt(async () => {
      const recorded = await call('jobs.moments', id);
      if (recorded.length > (this.moments.get(id)?.length ?? 0)) this.moments.set(id, recorded);
    });
  }

  /** Fetches the example predictions that were told before this window listened. */
  async loadExamples(id: number): Promise<void> {
    if (this.examples.has(id)) return;
    await attempt(async () => {
      const drawn = await call('jobs.examples', id);
      // A notice may have overtaken the answer with newer ones.
      if (drawn && !this.examples.has(id)) this.examples.set(id, drawn);
    });
  }

  pause = (id: number): Promise<boolean> => attempt(() => call('jobs.pause', id));
  cancel = (id: number): Promise<boolean> => attempt(() => call('jobs.cancel', id));
  /** Cancels a job and its trainings on the cluster, and says how many those were. */
  cancelOnCluster = (id: number): Promise<boolean> =>
    attempt(async () => {
      const trainings = await call('jobs.cancelOnCluster', id);
      toasts.done(
        trainings === 0
          ? 'Nothing of it was left on the cluster.'
          : `${trainings} ${trainings === 1 ? 'training was' : 'trainings were'} cancelled on the cluster.`,
      );
    });
  resume = (id: number): Promise<boolean> => attempt(() => call('jobs.resume', id));
  resumeOn = (id: number, device: DeviceId): Promise<boolean> =>
    attempt(() => call('jobs.resumeOn', { id, device }));

  /** Takes the jobs that have ended off the list, here and in the project. */
  clearEnded = (): Promise<boolean> =>
    attempt(async () => {
      await call('jobs.clear', undefined);
      for (const { id } of this.list.filter(hasEnded)) {
        this.moments.delete(id);
        this.examples.delete(id);
      }
      this.list = this.list.filter((job) => !hasEnded(job));
    });

  /** Another project is open, or none. */
  clear(): void {
    this.#ends.leaveProject();
    this.list = [];
    this.moments.clear();
    this.examples.clear();
  }
}

export const jobs = new Jobs();
