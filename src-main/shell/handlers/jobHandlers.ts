import type { Handlers } from '../ipc/serveIpc.ts';
import { checkRequestPaths } from '../storage/requestPaths.ts';
import type { Services } from './services.ts';

type Calls = `jobs.${'list' | 'start' | 'cancel' | 'pause' | 'resume' | 'log' | 'moments' | 'examples'}`;

/** The queue of jobs. */
export function jobHandlers({ jobs, settings, granted }: Services): Pick<Handlers, Calls> {
  return {
    'jobs.list': () => jobs.list(),
    'jobs.start': async (request) => {
      const checked = await checkRequestPaths(request, granted);
      const { threads } = await settings.read();
      return jobs.start('threads' in checked ? { ...checked, threads: checked.threads ?? threads } : checked);
    },
    'jobs.cancel': async (id) => {
      await jobs.cancel(id);
      return null;
    },
    'jobs.pause': async (id) => {
      await jobs.pause(id);
      return null;
    },
    'jobs.resume': async (id) => {
      const request = jobs.list().find((job) => job.id === id)?.request;
      // It may have been stored by somebody else's program.
      if (request) await checkRequestPaths(request, granted);
      await jobs.resume(id);
      return null;
    },
    'jobs.log': (id) => jobs.log(id),
    'jobs.moments': (id) => jobs.moments(id),
    'jobs.examples': (id) => jobs.examples(id),
  };
}
