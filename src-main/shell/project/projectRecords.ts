import { CcnetError } from '#common/errors.ts';
import type { JobRecordKeeper } from '../jobs/jobRecords.ts';
import { noProject, type ProjectSession } from './projectSession.ts';

/** Notes jobs in the project that the session has open. */
export function projectRecords(session: ProjectSession): JobRecordKeeper {
  return {
    project: () => {
      const { current } = session;
      if (!current) throw noProject();
      const { path, readOnly } = current;
      if (readOnly) throw new CcnetError('project-read-only', { path, why: 'session', lock: null });
      return { path, writerPid: session.writerPid };
    },
    add: (request) => session.call('jobs.add', request),
    requeue: (id, request) => session.call('jobs.requeue', { id, request }),
    start: (id, pid, device) => session.call('jobs.start', { id, pid, device }),
    end: (id, state, error, written) => session.call('jobs.end', { id, state, error, written }),
    remove: (ids) => session.call('jobs.remove', ids),
    log: (id) => session.call('jobs.log', id),
  };
}
