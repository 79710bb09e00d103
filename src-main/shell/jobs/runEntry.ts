import { failureOf } from '#common/errors.ts';
import { problemOf } from '#common/failures/failures.ts';
import type { JobView } from '#contract/channels.ts';
import type { JobResult } from '#contract/jobs/jobKinds.ts';
import type { LiveExamples } from '#contract/liveExample.ts';
import type { Progress } from '#contract/progress.ts';
import type { JobEnd } from '../../project/records/jobRecords.ts';
import type { JobOrder } from '../../workers/job/jobWorker.ts';
import { WorkerDiedError } from '../processes/workerDiedError.ts';
import type { JobEntry } from './jobEntry.ts';
import type { JobListener, JobProcess, StartJobProcess } from './jobProcess.ts';
import type { JobRecordKeeper } from './jobRecords.ts';

export interface JobOutcome {
  readonly state: JobEnd | 'paused';
  readonly error: JobView['error'];
  readonly result: JobResult | null;
}

/** Runs one job in a process of its own, to its end, whichever that is. Never rejects. */
export async function runEntry(
  entry: JobEntry,
  { startProcess, records }: { readonly startProcess: StartJobProcess; readonly records: JobRecordKeeper },
  tell: () => void,
  show: (examples: LiveExamples) => void,
): Promise<JobOutcome> {
  const listener: JobListener = {
    onProgress: (progress: Progress) => {
      entry.moments.add(progress);
      if (entry.stopAs) return;
      entry.change({ progress });
      tell();
    },
    onLog: (line) => entry.log(line),
    onExamples: (examples) => {
      entry.examples = examples;
      show(examples);
    },
  };
  let job: JobProcess | null = null;
  try {
    job = startProcess(listener);
    entry.process = job;
    const order = orderOf(entry, records);
    if (order.project) await records.start(order.project.record, job.pid ?? 0, entry.view.device);
    if (entry.stopAs) return { state: entry.stopAs, error: null, result: null };
    const result = await job.run(order);
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
    await job?.stop();
  }
}

function orderOf({ view: { id, request }, recorded }: JobEntry, records: JobRecordKeeper): JobOrder {
  if (!request) throw new Error(`Job ${id} has no request.`);
  return { request, project: recorded ? { ...records.project(), record: id } : null };
}
