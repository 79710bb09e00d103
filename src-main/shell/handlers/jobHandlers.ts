import type { DeviceId } from '#common/device/device.ts';
import type { JobRequest } from '#contract/jobs/jobKinds.ts';
import { readsImagesOf } from '#contract/jobs/readsImagesOf.ts';
import type { Handlers } from '../ipc/serveIpc.ts';
import { checkRequestPaths } from '../storage/requestPaths.ts';
import { requireKnownServer } from '../../files/requireKnownServer.ts';
import type { Services } from './services.ts';

type Calls =
  `jobs.${'list' | 'start' | 'cancel' | 'cancelOnCluster' | 'clear' | 'pause' | 'resume' | 'resumeOn' | 'log' | 'moments' | 'examples'}`;

/** The queue of jobs. */
export function jobHandlers({ jobs, session, settings, granted }: Services): Pick<Handlers, Calls> {
  /** What a request names itself, and where the datasets lie that it reads. */
  const check = async (request: JobRequest): Promise<JobRequest> => {
    const checked = await checkRequestPaths(request, granted);
    const { current } = session;
    if (!current) return checked;
    for (const { id, root } of await session.call('datasets.list', undefined)) {
      if (readsImagesOf(request, id)) await requireKnownServer(root, current.path, granted);
    }
    return checked;
  };
  const resume = async (id: number, device?: DeviceId): Promise<null> => {
    const request = jobs.list().find((job) => job.id === id)?.request;
    // It may have been stored by somebody else's program.
    if (request) await check(request);
    await jobs.resume(id, device);
    return null;
  };
  return {
    'jobs.list': () => jobs.list(),
    'jobs.start': async (request) => {
      const checked = await check(request);
      const { threads } = await settings.read();
      return jobs.start('threads' in checked ? { ...checked, threads: checked.threads ?? threads } : checked);
    },
    'jobs.cancel': async (id) => {
      await jobs.cancel(id);
      return null;
    },
    'jobs.cancelOnCluster': async (id) => {
      // First nobody submits any more of it.
      await jobs.cancel(id);
      return session.call('jobs.cancelOnCluster', id);
    },
    'jobs.pause': async (id) => {
      await jobs.pause(id);
      return null;
    },
    'jobs.resume': (id) => resume(id),
    'jobs.resumeOn': ({ id, device }) => resume(id, device),
    'jobs.clear': async () => {
      await jobs.clearEnded();
      return null;
    },
    'jobs.log': (id) => jobs.log(id),
    'jobs.moments': (id) => jobs.moments(id),
    'jobs.examples': (id) => jobs.examples(id),
  };
}
