import type { JobView } from '#contract/channels.ts';
import type { JobRequest } from '#contract/jobs/jobKinds.ts';
import type { JobEnd } from '../../project/records/jobRecords.ts';

/** Where the queue notes its jobs: the open project. */
export interface JobRecordKeeper {
  /** Project for a job's process to open. @throws no-project-open, project-read-only */
  project(): { path: string; writerPid: number };
  /** @returns its id and its title, which names its datasets */
  add(request: JobRequest): Promise<{ readonly id: number; readonly title: string }>;
  requeue(id: number, request: JobRequest | null): Promise<unknown>;
  start(id: number, pid: number, device: string | null): Promise<unknown>;
  end(id: number, state: JobEnd, error: JobView['error'], written: JobView['written']): Promise<unknown>;
  /** Takes records off the project. */
  remove(ids: readonly number[]): Promise<unknown>;
  log(id: number): Promise<readonly string[]>;
}
