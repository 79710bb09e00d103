import { failureOf } from '#common/errors.ts';
import { problemOf } from '#common/failures/failures.ts';
import type { JobView } from '#contract/channels.ts';
import { type JobResult, needsProject } from '#contract/jobs/jobKinds.ts';
import type { LiveExamples } from '#contract/liveExample.ts';
import type { Progress } from '#contract/progress.ts';
import type { JobEnd } from '../../project/records/jobRecords.ts';
import type { JobCalls, JobOrder } from '../../workers/job/jobWorker.ts';
import { WEBGPU_WINDOW } from '../../workers/webgpuWindowNotice.ts';
import { WorkerDiedError } from '../processes/workerDiedError.ts';
import { WorkerProcess } from '../processes/workerProcess.ts';
import { JobWindow } from '../webgpu/jobWindow.ts';
import type { JobEntry } from './jobEntry.ts';
import type { JobRecordKeeper } from './jobRecords.ts';

export interface JobOutcome {
  readonly state: JobEnd | 'paused';
  readonly error: JobView['error'];
  readonly result: JobResult | null;
}

/** Runs one job in a process of its own, to its end, whichever that is. Never rejects. */
export async function runEntry(
  entry: JobEntry,
  { dist, records }: { readonly dist: string; readonly records: JobRecordKeeper },
  tell: () => void,
  show: (examples: LiveExamples) => void,
): Promise<JobOutcome> {
  const window = new JobWindow(dist);
  const onNotice = (name: string, value: unknown): void => {
    if (name === WEBGPU_WINDOW) worker.give(WEBGPU_WINDOW, window.open());
    if (name === 'log') entry.log(value as string);
    if (name === 'examples') {
      entry.examples = value as LiveExamples;
      show(entry.examples);
    }
    if (name !== 'progress') return;
    entry.moments.add(value as Progress);
    if (entry.stopAs) return;
    entry.change({ progress: value as Progress });
    tell();
  };
  const worker = new WorkerProcess<JobCalls>({ dist, role: 'job', onNotice });
  entry.process = worker;
  try {
    const order = orderOf(entry.view, records);
    if (order.project) await records.start(order.project.record, worker.pid ?? 0, entry.view.device);
    if (entry.stopAs) return { state: entry.stopAs, error: null, result: null };
    const result = await worker.call('run', order);
    return { state: 'finished', error: null, result };
  } catch (error) {
    if (entry.stopAs) return { state: entry.stopAs, error: null, result: null };
    const failure = failureOf(error);
    entry.log(problemOf(failure));
    return {
      state: error instanceof WorkerDiedError ? 'interrupted' : 'failed',
      error: failure,
      result: null,
    };
  } finally {
    entry.process = null;
    await worker.stop();
    window.close();
  }
}

function orderOf({ id, request }: JobView, records: JobRecordKeeper): JobOrder {
  if (!request) throw new Error(`Job ${id} has no request.`);
  return { request, project: needsProject(request.kind) ? { ...records.project(), record: id } : null };
}
