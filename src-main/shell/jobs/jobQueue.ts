import type { JobMoment, JobState, JobView } from '#contract/channels.ts';
import type { DeviceId } from '#common/device/device.ts';
import { CcnetError } from '#common/errors.ts';
import { jobKindOf, type JobRequest, needsProject } from '#contract/jobs/jobKinds.ts';
import type { Lane } from '#contract/jobs/jobKind.ts';
import type { LiveExamples } from '#contract/liveExample.ts';
import { JobEntry, type StopAs } from './jobEntry.ts';
import type { JobRecordKeeper } from './jobRecords.ts';
import { type JobOutcome, runEntry } from './runEntry.ts';

/** How many jobs of a lane run at the same time. */
const LANE_WIDTH: Readonly<Record<Lane, number>> = { compute: 1, quick: 2 };
/** Jobs without a project have no record; their ids lie beyond those of any project. */
const FIRST_UNRECORDED = 2 ** 40;
/** A job stops within a training step; one that does not is ended. */
const CANCEL_MS = 15_000;
const CLOSE_MS = 5_000;

const RESUMABLE: readonly JobState[] = ['paused', 'interrupted', 'cancelled', 'failed'];

export interface JobQueueOptions {
  readonly dist: string;
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

  async start(request: JobRequest): Promise<JobView> {
    if (needsProject(request.kind)) this.#options.records.project();
    const { id, title } = needsProject(request.kind)
      ? await this.#options.records.add(request)
      : { id: this.#unrecorded++, title: jobKindOf(request.kind).title(request, String) };
    const entry = JobEntry.queued(id, title, request);
    this.#entries.set(id, entry);
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
    const { state } = entry.view;
    const request = onDevice(entry.view.request, device);
    if (!RESUMABLE.includes(state)) return;
    if (!request) {
      throw new CcnetError('job-without-request', { job: entry.view.title });
    }
    if (needsProject(request.kind)) {
      this.#options.records.project();
      await this.#options.records.requeue(id, request);
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

  async log(id: number): Promise<readonly string[]> {
    const entry = this.#known(id);
    if (entry.lines.length > 0 || id >= FIRST_UNRECORDED) return entry.lines;
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
    const leaving = [...this.#entries.values()].filter(({ view }) => needsProject(view.kind));
    for (const entry of leaving) this.#entries.delete(entry.view.id);
    await Promise.all(
      leaving
        .filter(({ view }) => view.state === 'running')
        .map((entry) => this.#stop(entry, 'interrupted', CLOSE_MS)),
    );
  }

  /** Ends every process at once; what they were doing is found as interrupted at the next start. */
  async kill(): Promise<void> {
    await Promise.all(
      [...this.#entries.values()].flatMap(({ process }) => (process ? [process.stop()] : [])),
    );
  }

  #known(id: number): JobEntry {
    const entry = this.#entries.get(id);
    if (!entry) throw new CcnetError('job-gone', { job: id });
    return entry;
  }

  async #stop(entry: JobEntry, as: StopAs, patience: number): Promise<void> {
    if (entry.view.state === 'running') {
      const { process } = entry;
      entry.stopAs = as;
      const stage = { cancelled: 'Cancelling', paused: 'Pausing', interrupted: 'Stopping' }[as];
      const blank = { done: 0, total: 0, unit: '' };
      entry.change({ progress: { ...blank, ...entry.view.progress, stage, secondsLeft: null } });
      this.#tell(entry);
      const ended = entry.ended;
      const timer = setTimeout(() => void process?.stop(), patience);
      process?.call('cancel', undefined).catch(() => undefined);
      await ended;
      clearTimeout(timer);
      return;
    }
    if (!['queued', 'paused', 'interrupted'].includes(entry.view.state)) return;
    await this.#end(entry, { state: as, error: null, result: null });
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
    await this.#end(entry, outcome);
    entry.finish();
    if (outcome.state === 'finished' || outcome.error) this.#options.onEnd(entry.view);
    this.#startNext();
  }

  async #end(entry: JobEntry, { state, error, result }: JobOutcome): Promise<void> {
    const { id, kind } = entry.view;
    if (needsProject(kind)) {
      // The file knows no paused jobs: one that is still queued when the program ends is offered again at the next start.
      const noted =
        state === 'paused'
          ? this.#options.records.requeue(id, null)
          : this.#options.records.end(id, state, error);
      await noted.catch(() => undefined);
    }
    entry.change({ state, error, result, finishedAt: state === 'paused' ? null : new Date().toISOString() });
    this.#tell(entry);
  }

  #tell(entry: JobEntry): void {
    this.#options.onChange(entry.view);
  }
}

/** The request with another device, where it names one. */
function onDevice(request: JobRequest | null, device: DeviceId | undefined): JobRequest | null {
  return device !== undefined && request && 'device' in request ? { ...request, device } : request;
}
