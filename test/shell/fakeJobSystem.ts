import type { JobView } from '#contract/channels.ts';
import type { JobRequest, JobResult } from '#contract/jobs/jobKinds.ts';
import { CancelledError } from '#common/errors.ts';
import { onTestFinished, vi } from 'vitest';
import type { JobListener, JobProcess } from '../../src-main/shell/jobs/jobProcess.ts';
import { JobQueue } from '../../src-main/shell/jobs/jobQueue.ts';
import type { JobRecordKeeper } from '../../src-main/shell/jobs/jobRecords.ts';
import { WorkerDiedError } from '../../src-main/shell/processes/workerDiedError.ts';
import type { JobOrder } from '../../src-main/workers/job/jobWorker.ts';

/** A process that does what the test says. */
export class FakeProcess implements JobProcess {
  readonly pid: number;
  readonly tell: JobListener;
  /** What it was told to run; null until then. */
  order: JobOrder | null = null;
  /** Whether it stops when it is asked to, as jobs do within a training step. */
  obeys = true;
  stopped = false;
  readonly #run = Promise.withResolvers<JobResult>();

  constructor(pid: number, tell: JobListener) {
    this.pid = pid;
    this.tell = tell;
    this.#run.promise.catch(() => undefined);
  }

  run(order: JobOrder): Promise<JobResult> {
    this.order = order;
    return this.#run.promise;
  }

  finish(result: JobResult): void {
    this.#run.resolve(result);
  }

  fail(error: Error): void {
    this.#run.reject(error);
  }

  /** Its process ends by itself. */
  die(): void {
    this.fail(new WorkerDiedError('job', 137, 'FATAL ERROR: out of memory'));
  }

  cancel(): void {
    if (this.obeys) this.fail(new CancelledError('The job'));
  }

  stop(): Promise<void> {
    this.stopped = true;
    this.die();
    return Promise.resolve();
  }
}

/** A queue over fake processes and a fake project, with the clock in the test's hands. */
export function fakeJobSystem() {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'Date'], now: Date.UTC(2026, 10, 1) });
  onTestFinished(() => void vi.useRealTimers());
  const processes: FakeProcess[] = [];
  const told: JobView[] = [];
  const ended: JobView[] = [];
  const shown: [number, number][] = [];
  let records = 0;
  const keeper = {
    project: vi.fn(() => ({ path: '/lab.ccnet', writerPid: 1 })),
    add: vi.fn(async (request: JobRequest) => ({ id: ++records, title: `A job: ${request.kind}` })),
    requeue: vi.fn<JobRecordKeeper['requeue']>(async () => null),
    start: vi.fn<JobRecordKeeper['start']>(async () => null),
    end: vi.fn<JobRecordKeeper['end']>(async () => null),
    remove: vi.fn<JobRecordKeeper['remove']>(async () => null),
    log: vi.fn<JobRecordKeeper['log']>(async () => ['an earlier session']),
  } satisfies JobRecordKeeper;
  const startProcess = vi.fn((listener: JobListener): JobProcess => {
    const process = new FakeProcess(4000 + processes.length, listener);
    processes.push(process);
    return process;
  });
  const queue = new JobQueue({
    startProcess,
    records: keeper,
    onChange: (view) => told.push(view),
    onExamples: (job, { epoch }) => shown.push([job, epoch]),
    onEnd: (view) => ended.push(view),
  });
  return {
    ...{ queue, keeper, startProcess, told, ended, shown, processes },
    /** The process that was started as the n-th, from 0. */
    process: (n: number): FakeProcess => {
      const process = processes[n];
      if (!process) throw new Error(`Only ${processes.length} processes were started.`);
      return process;
    },
    view: (id: number): JobView => {
      const view = queue.list().find((one) => one.id === id);
      if (!view) throw new Error(`There is no job ${id}.`);
      return view;
    },
    /** "1 running": the jobs in their order. */
    states: (): string[] => queue.list().map(({ id, state }) => `${id} ${state}`),
    /** Lets so many milliseconds pass, and everything happen that can happen in them. */
    pass: (milliseconds: number) => vi.advanceTimersByTimeAsync(milliseconds),
    settle: () => vi.advanceTimersByTimeAsync(0),
  };
}

/** A job as the file of a project that is opened has it. */
export function storedView(id: number, request: JobRequest | null, state: JobView['state']): JobView {
  return {
    ...{ id, kind: request?.kind ?? 'calibrate', title: `Job ${id}`, request, state, progress: null },
    ...{ device: null, error: null, result: null, startedAt: null, finishedAt: null, written: [] },
  };
}
