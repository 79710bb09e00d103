import type { Failure } from '#common/failures/failures.ts';
import type { JobMoment, JobView } from '#contract/channels.ts';
import type { JobRequest, RequestOf } from '#contract/jobs/jobKinds.ts';
import type { LiveExamples } from '#contract/liveExample.ts';
import type { Progress } from '#contract/progress.ts';
import { fakeResult } from './fakeResults.ts';

interface Effects {
  readonly predicted: (request: RequestOf<'predict'>) => void;
  readonly compressed: () => void;
  readonly relocated: () => void;
  readonly shown: (job: number, examples: LiveExamples) => void;
}

const STEPS: Partial<Record<JobRequest['kind'], number>> = {
  compress: 400,
  calibrate: 120,
  'measure-complexity': 60,
};

/** Steps of an epoch. */
const EPOCH = 20;

/** Jobs that progress by themselves, twenty times a second unless told, and end with a plausible result. */
export class FakeJobs {
  readonly #jobs = new Map<number, JobView>();
  readonly #moments = new Map<number, JobMoment[]>();
  readonly #examples = new Map<number, LiveExamples>();
  readonly #changed: (job: JobView) => void;
  readonly #effects: Effects;
  readonly #stepMs: number;
  readonly #restAt: number;
  readonly #failing: Readonly<Partial<Record<JobRequest['kind'], Failure>>>;
  #last = 0;

  constructor(
    changed: (job: JobView) => void,
    effects: Effects,
    stepMs = 50,
    failing: Readonly<Partial<Record<JobRequest['kind'], Failure>>> = {},
    restAt = Infinity,
  ) {
    this.#changed = changed;
    this.#effects = effects;
    this.#stepMs = stepMs;
    this.#failing = failing;
    this.#restAt = restAt;
  }

  /** Whether the test images have been looked at. */
  get looked(): boolean {
    return this.list().some(({ kind, state }) => kind === 'test-images' && state === 'finished');
  }

  list(): JobView[] {
    return [...this.#jobs.values()];
  }

  moments(id: number): JobMoment[] {
    return this.#moments.get(id) ?? [];
  }

  examples(id: number): LiveExamples | null {
    return this.#examples.get(id) ?? null;
  }

  start(request: JobRequest): JobView {
    const id = (this.#last += 1);
    const name = 'dataset' in request ? ` ${request.dataset}` : '';
    const job: JobView = {
      id,
      kind: request.kind,
      title: `${request.kind.replace('-', ' ')}${name}`.replace(/^./, (first) => first.toUpperCase()),
      request,
      state: 'running',
      progress: null,
      device: 'native 0.1.0',
      error: null,
      result: null,
      written: [],
      startedAt: new Date().toISOString(),
      finishedAt: null,
    };
    this.#jobs.set(id, job);
    this.#step(id, 0);
    return job;
  }

  hold(id: number): null {
    return this.#set(id, { state: 'paused' });
  }

  go(id: number): null {
    this.#set(id, { state: 'running' });
    this.#step(id, this.#jobs.get(id)?.progress?.done ?? 0);
    return null;
  }

  clear(): null {
    for (const { id, finishedAt } of this.list()) if (finishedAt !== null) this.#jobs.delete(id);
    return null;
  }

  end(id: number, state: JobView['state'], result: JobView['result'] = null): null {
    return this.#set(id, { state, result, finishedAt: new Date().toISOString() });
  }

  #set(id: number, change: Partial<JobView>): null {
    const job = this.#jobs.get(id);
    if (!job) return null;
    const next = { ...job, ...change };
    this.#jobs.set(id, next);
    this.#changed(next);
    return null;
  }

  #step(id: number, done: number): void {
    const job = this.#jobs.get(id);
    if (job?.state !== 'running' || !job.request) return;
    const foretelling = job.request.kind === 'calibrate' && job.request.dryRun === true;
    const total = foretelling ? 2 : (STEPS[job.kind] ?? 10);
    const error = this.#failing[job.kind];
    if (error) {
      this.#set(id, { state: 'failed', error, finishedAt: new Date().toISOString() });
      return;
    }
    if (done > total) {
      if (job.request.kind === 'predict') this.#effects.predicted(job.request);
      if (job.request.kind === 'compress') this.#effects.compressed();
      if (job.request.kind === 'relocate-dataset') this.#effects.relocated();
      this.end(id, 'finished', fakeResult(job.request));
      return;
    }
    const onCluster = job.request.kind === 'calibrate' && job.request.executor !== undefined;
    const progress = onCluster ? clusterProgress(done, total) : progressOf(job.kind, done, total);
    if (progress.figures) {
      const { stage, figures } = progress;
      const known = this.#moments.get(id) ?? [];
      this.#moments.set(id, [...known, { at: '', stage, done, total, figures }]);
    }
    this.#set(id, { progress });
    if (progress.figures && done > 0 && done % EPOCH === 0) {
      const examples = examplesOf(done / EPOCH);
      this.#examples.set(id, examples);
      this.#effects.shown(id, examples);
    }
    if (done !== this.#restAt) setTimeout(() => this.#step(id, done + 1), this.#stepMs);
  }
}

function progressOf(kind: JobView['kind'], done: number, total: number): Progress {
  const training = kind === 'compress' || kind === 'calibrate';
  const share = done / total;
  return {
    stage: training ? 'Training U-Net at factor 1/8' : 'Reading images',
    done,
    total,
    unit: training ? 'steps' : 'images',
    secondsLeft: (total - done) * 0.8,
    ...(training && {
      figures: {
        epoch: Math.floor(done / EPOCH) + 1,
        loss: 0.25 + 0.8 * Math.exp(-4 * share) + 0.03 * Math.sin(done),
        validationDice: 0.86 * (1 - Math.exp(-5 * share)) + 0.012 * Math.sin(Math.floor(done / EPOCH)),
        imagesPerSecond: 61.2,
        residentBytes: 512e6,
      },
    }),
  };
}

/** Of a sweep that Slurm computes: three trainings at a time. */
function clusterProgress(done: number, total: number): Progress {
  const running = Math.min(3, total - done);
  return {
    stage: 'On the cluster',
    ...{ done, total, unit: 'networks', secondsLeft: done > 0 ? 40 * (total - done) : null },
    trainings: { waiting: total - done - running, running, done },
  };
}

function examplesOf(epoch: number): LiveExamples {
  const images = [11, 12, 13, 14].map((i) => ({
    name: `section-00${i}`,
    dice: 0.9 * (1 - Math.exp(-epoch / 4)) - (i % 3) * 0.03 * epoch ** -0.5,
    overlay: `media/thumbnail/${100_000 + i}?epoch=${epoch}`,
  }));
  return { epoch, images };
}
