import type { JobView } from '#contract/channels.ts';
import { isJobKind, type JobKind, jobKindOf, type JobRequest } from '#contract/jobs/jobKinds.ts';
import type { JobEnd, JobRecord } from '../../project/records/jobRecords.ts';
import type { OpenedProject } from './openedProject.ts';

const LISTED = 200;

/** Message and remedy are kept in one column, the remedy on the last line. */
export const storedError = (error: { message: string; remedy: string }): string =>
  `${error.message}\n${error.remedy.replaceAll('\n', ' ')}`;

function readError(stored: string): { message: string; remedy: string } {
  const end = stored.lastIndexOf('\n');
  return end < 0
    ? { message: stored, remedy: 'Resume it to continue from what was kept.' }
    : { message: stored.slice(0, end), remedy: stored.slice(end + 1) };
}

function jobView(record: JobRecord, kind: JobKind): JobView {
  const { id, title, request, state, progress, device, startedAt, finishedAt } = record;
  const error = record.error === null ? null : readError(record.error);
  return { id, kind, title, request, state, progress, device, error, result: null, startedAt, finishedAt };
}

/** The records of jobs in the project file. */
export const jobCalls = (opened: OpenedProject) => ({
  /** The latest jobs, oldest first; kinds that this version does not know are left out. */
  'jobs.latest': (): JobView[] =>
    opened.project.jobs
      .latest(LISTED)
      .flatMap((record) => (isJobKind(record.kind) ? [jobView(record, record.kind)] : []))
      .reverse(),
  'jobs.add': (request: JobRequest): number =>
    opened.project.jobs.add(request.kind, jobKindOf(request.kind).title(request), request),
  'jobs.requeue': ({ id, request }: { id: number; request: JobRequest | null }): null => {
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
    error: { message: string; remedy: string } | null;
  }): null => {
    opened.project.jobs.end(end.id, end.state, end.error && storedError(end.error));
    return null;
  },
  'jobs.log': (id: number): string[] => opened.project.jobs.byId(id)?.log.trimEnd().split('\n') ?? [],
});
