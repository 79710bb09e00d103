import type { JobMoment, JobState, JobView } from '#contract/channels.ts';
import type { DeviceId } from '#common/device/device.ts';
import { CancelledError, CcnetError } from '#common/errors.ts';
import type { Lane } from '#contract/jobs/jobKind.ts';
import { jobKindOf, type JobRequest, needsProject } from '#contract/jobs/jobKinds.ts';
import { FIRST_UNRECORDED } from '#contract/jobs/firstUnrecorded.ts';
import type { LiveExamples } from '#contract/liveExample.ts';
import { writtenFiles } from '#contract/jobs/writtenFiles.ts';
import { JobEntry, type StopAs } from './jobEntry.ts';
import type { StartJobProcess } from './jobProcess.ts';
import type { JobRecordKeeper } from './jobRecords.ts';
import { type JobOutcome, runEntry } from './runEntry.ts';

/** How many jobs of a lane run at the same time. */
const LANE_WIDTH: Readonly<Record<Lane, number>> = { compute: 1, quick: 2 };
/** A job stops within a training step; one that does not is ended. */
const CANCEL_MS = 15_000;
const CLOSE_MS = 5_000;

const RESUMABLE: readonly JobState[] = ['paused', 'interrupted', 'cancelled', 'failed'];

const ENDED: readonly JobState[] = ['finished', 'failed', 'cancelled'];

export interface JobQueueOptions {
  readonly startProcess: StartJobProcess;
  readonly records: JobRecordKeeper;
  readonly onChange: (view: JobView) => void;
  /** A job has drawn what the network that it trains makes of a few images. */
  readonly onExamples: (job: number, examples: LiveExamples) => void;
  /** A job has ended by itself: finished, failed, or its process died. */
  readonly onEnd: (view: JobView) => void;
}

/** All jobs of the session and of the open project: queued, run each in its own process, paused, cancelled, resumed. */
export class JobQueue {
  readonly #options: JobQueueOptions;
  readonly #entries = new Map<number, JobEntry>();
  #unrecorded = FIRST_UNRECORDED;
  /** How often a project was left: what began before belongs to another one. */
  #left = 0;

  constructor(options: JobQueueOptions) {
    this.#options = options;
  }

  /** Takes in the records of a project that has just been opened. */
  load(views: readonly JobView[]): void {
    for (const view of views) this.#entries.set(view.id, new JobEntry(view));
  }

  /** Oldest first. */
  list(): JobView[] {
    return [...this.#entries.values()].map(({ view }) => view);
  }

  /** Jobs that run or wait to run. */
  active(): JobView[] {
    return this.list().filter(({ state }) => state === 'running' || state === 'queued');
  }

  /** @throws no-project-open, project-read-only, dataset-gone; cancelled when the project is left meanwhile */
  async start(request: JobRequest): Promise<JobView> {
    const entry = needsProject(request.kind)
      ? await this.#record(request)
      : JobEntry.queued(this.#unrecorded++, jobKindOf(request.kind).title(request, String), request);
    this.#entries.set(entry.view.id, entry);
    this.#tell(entry);
    this.#startNext();
    return entry.view;
  }

  /** Stops a job for good, as far as the user is concerned; what it finished is kept, and it can still be resumed. */
  cancel(id: number): Promise<void> {
    return this.#stop(this.#known(id), 'cancelled', CANCEL_MS);
  }

  /** Stops a job and frees its memory and cores; resuming continues from the last finished epoch or image. */
  pause(id: number): Promise<void> {
    const entry = this.#known(id);
    if (entry.view.state !== 'queued' && entry.view.state !== 'running') return Promise.resolve();
    return this.#stop(entry, 'paused', CANCEL_MS);
  }

  /** @param device to go on with another one than before */
  async resume(id: number, device?: DeviceId): Promise<void> {
    const entry = this.#known(id);
    const request = onDevice(entry.view.request, device);
    if (!RESUMABLE.includes(entry.view.state)) return;
    if (!request) {
      throw new CcnetError('job-without-request', { job: entry.view.title });
    }
    if (entry.recorded) {
      this.#options.records.project();
      await this.#options.records.requeue(id, request);
      // Meanwhile it may have been resumed by another call, or its project been left.
      if (!RESUMABLE.includes(entry.view.state) || this.#entries.get(id) !== entry) return;
    }
    entry.change({
      request,
      device: device ?? entry.view.device,
      state: 'queued',
      error: null,
      result: null,
      finishedAt: null,
    });
    this.#tell(entry);
    this.#startNext();
  }

  /** Forgets the jobs that have ended, also in the project. */
  async clearEnded(): Promise<void> {
    const ended = [...this.#entries.values()].filter(({ view }) => ENDED.includes(view.state));
    const recorded = ended.flatMap((entry) => (entry.recorded ? [entry.view.id] : []));
    if (recorded.length > 0) await this.#options.records.remove(recorded);
    // Meanwhile one may have been resumed.
    for (const entry of ended) if (ENDED.includes(entry.view.state)) this.#entries.delete(entry.view.id);
  }

  async log(id: number): Promise<readonly string[]> {
    const entry = this.#known(id);
    if (entry.lines.length > 0 || !entry.recorded) return entry.lines;
    return this.#options.records.log(id);
  }

  moments(id: number): readonly JobMoment[] {
    return this.#known(id).moments.list();
  }

  /** The latest example predictions of a job that trains; null when this session has seen none. */
  examples(id: number): LiveExamples | null {
    return this.#known(id).examples;
  }

  /** Ends everything that needs the project, before it is closed, and forgets its jobs. Queued jobs stay queued in its file. */
  async leaveProject(): Promise<void> {
    await Promise.all(
      this.#forgetRecorded()
        .filter(({ view }) => view.state === 'running')
        .map((entry) => this.#stop(entry, 'interrupted', CLOSE_MS)),
    );
  }

  /** The project cannot be reached any more: ends what needs it, without noting anything, and forgets its jobs. */
  async loseProject(): Promise<void> {
    const lost = this.#forgetRecorded();
    for (const entry of lost) {
      entry.change({ state: 'interrupted' });
      this.#tell(entry);
      entry.lost = true;
    }
    await end(lost);
  }

  /** Ends every process at once; what they were doing is found as interrupted at the next start. */
  kill(): Promise<void> {
    return end([...this.#entries.values()]);
  }

  #known(id: number): JobEntry {
    const entry = this.#entries.get(id);
    if (!entry) throw new CcnetError('job-gone', { job: id });
    return entry;
  }

  async #record(request: JobRequest): Promise<JobEntry> {
    const left = this.#left;
    this.#options.records.project();
    const { id, title } = await this.#options.records.add(request);
    // Its project has the record, and offers the job when it is opened again.
    if (left !== this.#left) throw new CancelledError('The start of the job');
    return JobEntry.queued(id, title, request);
  }

  #forgetRecorded(): JobEntry[] {
    this.#left++;
    const recorded = [...this.#entries.values()].filter((entry) => entry.recorded);
    for (const entry of recorded) this.#entries.delete(entry.view.id);
    return recorded;
  }

  async #stop(entry: JobEntry, as: StopAs, patience: number): Promise<void> {
    if (entry.view.state === 'running') {
      const { process, ended } = entry;
      entry.stopAs = as;
      const stage = { cancelled: 'Cancelling', paused: 'Pausing', interrupted: 'Stopping' }[as];
      const blank = { done: 0, total: 0, unit: '' };
      entry.change({ progress: { ...blank, ...entry.view.progress, stage, secondsLeft: null } });
      this.#tell(entry);
      const timer = setTimeout(() => void process?.stop(), patience);
      process?.cancel();
      await ended;
      clearTimeout(timer);
      return;
    }
    if (!['queued', 'paused', 'interrupted'].includes(entry.view.state)) return;
    // At once, lest it is started while its end is noted.
    entry.finish(ending({ state: as, error: null, result: null }));
    await this.#note(entry, as, null);
    this.#tell(entry);
  }

  #startNext(): void {
    for (const lane of ['compute', 'quick'] as const) {
      const inLane = [...this.#entries.values()].filter(
        ({ view }) => view.request && jobKindOf(view.request.kind).lane(view.request) === lane,
      );
      const free = LANE_WIDTH[lane] - inLane.filter(({ view }) => view.state === 'running').length;
      const waiting = inLane.filter(({ view }) => view.state === 'queued');
      for (const entry of waiting.slice(0, Math.max(0, free))) void this.#run(entry);
    }
  }

  async #run(entry: JobEntry): Promise<void> {
    entry.begin();
    this.#tell(entry);
    const outcome = await runEntry(
      entry,
      this.#options,
      () => this.#tell(entry),
      (examples) => this.#options.onExamples(entry.view.id, examples),
    );
    const { request } = entry.view;
    const written = request && outcome.result ? writtenFiles(request, outcome.result) : [];
    await this.#note(entry, outcome.state, outcome.error, written);
    entry.finish({ ...ending(outcome), ...(written.length > 0 && { written }) });
    this.#tell(entry);
    if (outcome.state === 'finished' || outcome.error) this.#options.onEnd(entry.view);
    this.#startNext();
  }

  /** Notes an end in the project. One that cannot be noted has happened all the same. */
  async #note(
    { recorded, lost, view: { id } }: JobEntry,
    state: JobOutcome['state'],
    error: JobView['error'],
    written: JobView['written'] = [],
  ): Promise<void> {
    if (!recorded || lost) return;
    const { records } = this.#options;
    // The file knows no paused jobs: one that is still queued when the program ends is offered again at the next start.
    const noted = state === 'paused' ? records.requeue(id, null) : records.end(id, state, error, written);
    await noted.catch(() => undefined);
  }

  #tell(entry: JobEntry): void {
    if (!entry.lost) this.#options.onChange(entry.view);
  }
}

const ending = (outcome: JobOutcome): Partial<JobView> => ({
  ...outcome,
  finishedAt: outcome.state === 'paused' ? null : new Date().toISOString(),
});

async function end(entries: readonly JobEntry[]): Promise<void> {
  await Promise.all(entries.flatMap(({ process }) => (process ? [process.stop()] : [])));
}

/** The request with another device, where it names one. */
function onDevice(request: JobRequest | null, device: DeviceId | undefined): JobRequest | null {
  return device !== undefined && request && 'device' in request ? { ...request, device } : request;
}
