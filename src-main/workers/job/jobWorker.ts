import { failureOf } from '#common/errors.ts';
import { problemOf } from '#common/failures/failures.ts';
import type { JobRequest, JobResult } from '#contract/jobs/jobKinds.ts';
import type { LiveExamples } from '#contract/liveExample.ts';
import type { Progress } from '#contract/progress.ts';
import { provideWebgpuWindow } from '../../engine/webgpu/webgpuWindow.ts';
import { createJob } from '../../jobs/createJob.ts';
import { provideTrainers } from '../../jobs/sweep/trainers.ts';
import { Project } from '../../project/project.ts';
import { BELOW_THE_WINDOW, lowerPriority } from '../lowerPriority.ts';
import type { WorkerPort } from '../protocol.ts';
import { serveCalls } from '../serveCalls.ts';
import { JobJournal } from './jobJournal.ts';
import { LogLines } from './logLines.ts';
import { requestWebgpuWindow } from './requestWebgpuWindow.ts';
import { trainersFrom } from './requestTrainer.ts';
import { throttle } from './throttle.ts';

const PROGRESS_MS = 100;

export interface JobOrder {
  readonly request: JobRequest;
  /** Null for jobs that need no project. */
  readonly project: {
    readonly path: string;
    /** Process that holds the writer lock for the window. */
    readonly writerPid: number;
    readonly record: number;
  } | null;
}

export interface JobNotices {
  progress: Progress;
  log: string;
  examples: LiveExamples;
}

const stop = new AbortController();

/** What the main process asks of a job's process. */
export const jobCalls = (port: WorkerPort) => ({
  run: (order: JobOrder): Promise<JobResult> => runOrder(order, port),
  cancel: (): null => {
    stop.abort();
    return null;
  },
});
export type JobCalls = ReturnType<typeof jobCalls>;

/** Serves one job; main ends the process afterwards. */
export function jobWorker(port: WorkerPort): void {
  // Before any thread is started: on Linux threads keep the priority that they were made with.
  lowerPriority(BELOW_THE_WINDOW);
  provideWebgpuWindow(() => requestWebgpuWindow(port));
  provideTrainers(trainersFrom(port));
  serveCalls(port, jobCalls(port));
}

async function runOrder(order: JobOrder, port: WorkerPort): Promise<JobResult> {
  const project = order.project && Project.open(order.project.path, { joinWriter: order.project.writerPid });
  const journal = project && order.project ? new JobJournal(project.jobs, order.project.record) : null;
  const lines = new LogLines((line) => {
    journal?.log(line);
    port.postMessage({ type: 'notice', name: 'log', value: line });
  });
  const send = throttle(PROGRESS_MS, (progress: Progress) => {
    port.postMessage({ type: 'notice', name: 'progress', value: progress });
  });
  const onProgress = (progress: Progress): void => {
    lines.add(progress);
    journal?.progress(progress);
    send.call(progress);
  };
  const show = (examples: LiveExamples): void =>
    port.postMessage({ type: 'notice', name: 'examples', value: examples });
  try {
    const result = await createJob(order.request, project).run(stop.signal, onProgress, show);
    lines.write('Finished.');
    return result;
  } catch (error) {
    lines.write(problemOf(failureOf(error)));
    throw error;
  } finally {
    send.flush();
    journal?.flush();
    project?.close();
  }
}
