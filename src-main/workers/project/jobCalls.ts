import { CcnetError } from '#common/errors.ts';
import type { Failure } from '#common/failures/failures.ts';
import type { JobView } from '#contract/channels.ts';
import { datasetsOf } from '#contract/jobs/datasetsOf.ts';
import { isJobKind, type JobKind, jobKindOf, type JobRequest } from '#contract/jobs/jobKinds.ts';
import type { WrittenFile } from '#contract/jobs/writtenFile.ts';
import type { JobEnd, JobRecord } from '../../project/records/jobRecords.ts';
import { cancelSweep } from '../../jobs/cluster/cancelSweep.ts';
import { sweepFolderOf } from '../../jobs/cluster/sweepFolderOf.ts';
import type { OpenedProject } from './openedProject.ts';

const LISTED = 200;

function jobView(record: JobRecord, kind: JobKind): JobView {
  const { id, title, request, state, progress, device, error, startedAt, finishedAt, written } = record;
  return {
    id,
    kind,
    title,
    request,
    state,
    progress,
    device,
    error,
    result: null,
    startedAt,
    finishedAt,
    written,
  };
}

/** The records of jobs in the project file. */
export const jobCalls = (opened: OpenedProject) => ({
  /** The latest jobs, oldest first; kinds that this version does not know are left out. */
  'jobs.latest': (): JobView[] =>
    opened.project.jobs
      .latest(LISTED)
      .flatMap((record) => (isJobKind(record.kind) ? [jobView(record, record.kind)] : []))
      .reverse(),
  /** The title is kept as it was when the job was asked for, also when a dataset is renamed. @throws dataset-gone */
  'jobs.add': (request: JobRequest): { id: number; title: string } => {
    const names = new Map(datasetsOf(request).map((id) => [id, opened.removed.present(id).name]));
    const title = jobKindOf(request.kind).title(request, (id) => names.get(id) ?? '');
    return { id: opened.project.jobs.add(request.kind, title, request), title };
  },
  /** @param request null when the job only waits; else it is to run again. @throws job-dataset-gone */
  'jobs.requeue': ({ id, request }: { id: number; request: JobRequest | null }): null => {
    if (request && datasetsOf(request).some((dataset) => !opened.removed.find(dataset)))
      throw new CcnetError('job-dataset-gone', { job: opened.project.jobs.byId(id)?.title ?? `Job ${id}` });
    opened.project.jobs.requeue(id, request);
    return null;
  },
  'jobs.start': ({ id, pid, device }: { id: number; pid: number; device: string | null }): null => {
    opened.project.jobs.start(id, pid, device);
    return null;
  },
  'jobs.end': (end: {
    id: number;
    state: JobEnd;
    error: Failure | null;
    written: readonly WrittenFile[];
  }): null => {
    opened.project.jobs.end(end.id, end.state, end.error, end.written);
    return null;
  },
  /** What of a job waits or runs on a cluster is cancelled there. @returns how many trainings that were @throws cluster-refused */
  'jobs.cancelOnCluster': async (id: number): Promise<number> => {
    const request = opened.project.jobs.byId(id)?.request;
    if (request?.kind !== 'calibrate' || !request.executor) return 0;
    return cancelSweep(sweepFolderOf(opened.project, request));
  },
  /** Of jobs that have ended; others stay. */
  'jobs.remove': (ids: readonly number[]): null => {
    opened.project.jobs.removeEnded(ids);
    return null;
  },
  'jobs.log': (id: number): string[] => opened.project.jobs.byId(id)?.log.trimEnd().split('\n') ?? [],
});
