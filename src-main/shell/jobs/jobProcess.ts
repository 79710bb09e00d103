import type { JobResult } from '#contract/jobs/jobKinds.ts';
import type { LiveExamples } from '#contract/liveExample.ts';
import type { Progress } from '#contract/progress.ts';
import type { JobOrder } from '../../workers/job/jobWorker.ts';

/** Receives what a job tells while it runs. */
export interface JobListener {
  readonly onProgress: (progress: Progress) => void;
  readonly onLog: (line: string) => void;
  readonly onExamples: (examples: LiveExamples) => void;
}

/** A process that runs one job: where the queue ends and the system begins. */
export interface JobProcess {
  readonly pid: number | undefined;
  /** Runs the job to its end. @throws RemoteError with the job's own error, or WorkerDiedError */
  run(order: JobOrder): Promise<JobResult>;
  /** Asks the job to stop soon; it then throws a CancelledError. Never throws itself. */
  cancel(): void;
  /** Ends the process, whatever it does, and resolves when it has gone. */
  stop(): Promise<void>;
}

export type StartJobProcess = (listener: JobListener) => JobProcess;
