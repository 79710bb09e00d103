import type { JobState, JobView } from '#contract/channels.ts';
import { type JobRequest, needsProject } from '#contract/jobs/jobKinds.ts';
import type { LiveExamples } from '#contract/liveExample.ts';
import type { JobProcess } from './jobProcess.ts';
import { Moments } from './moments.ts';

const LOG_LINES = 5000;

/** How a job is to end that was asked to stop. */
export type StopAs = Extract<JobState, 'cancelled' | 'paused' | 'interrupted'>;

/** One job of the queue and what this session knows of it. */
export class JobEntry {
  view: JobView;
  /** Whether the project has a record of it. */
  readonly recorded: boolean;
  /** Its project cannot be reached any more: nothing is noted of it, and the window knows it no longer. */
  lost = false;
  process: JobProcess | null = null;
  stopAs: StopAs | null = null;
  moments = new Moments();
  /** The latest of this session; they stay until others come, also when the job is resumed. */
  examples: LiveExamples | null = null;
  #log: string[] = [];
  #ended = Promise.withResolvers<void>();

  constructor(view: JobView) {
    this.view = view;
    this.recorded = needsProject(view.kind);
  }

  static queued(id: number, title: string, request: JobRequest): JobEntry {
    const device = 'device' in request ? request.device : null;
    const empty = {
      progress: null,
      error: null,
      result: null,
      startedAt: null,
      finishedAt: null,
      written: [],
    };
    const { kind } = request;
    return new JobEntry({ id, kind, title, request, state: 'queued', device, ...empty });
  }

  /** It is its turn to run. */
  begin(): void {
    this.stopAs = null;
    this.moments = new Moments();
    this.#ended = Promise.withResolvers();
    this.change({ state: 'running', progress: null, startedAt: new Date().toISOString() });
  }

  /** Its process has gone and its end is noted. */
  finish(outcome: Partial<JobView>): void {
    this.change(outcome);
    this.#ended.resolve();
  }

  /** Resolves when the present run has ended. */
  get ended(): Promise<void> {
    return this.#ended.promise;
  }

  change(changes: Partial<JobView>): void {
    this.view = { ...this.view, ...changes };
  }

  log(line: string): void {
    this.#log.push(line);
    if (this.#log.length > LOG_LINES) this.#log.shift();
  }

  /** Lines of this session. */
  get lines(): readonly string[] {
    return this.#log;
  }
}
