import { CcnetError } from '#common/errors.ts';
import { datasetsOf } from '#contract/jobs/datasetsOf.ts';
import type { Handlers } from '../ipc/serveIpc.ts';
import type { Services } from './services.ts';

type Calls =
  `datasets.${'list' | 'images' | 'findings' | 'segmentability' | 'editImages' | 'restoreImages' | 'rename' | 'remove' | 'restore' | 'moveBack'}`;

/** The datasets of the open project. */
export function datasetHandlers({ session, jobs, notify }: Services): Pick<Handlers, Calls> {
  const changed = (): void => notify('project.changed', session.current);

  const mustBeIdle = (id: number): void => {
    const user = jobs.active().find(({ request }) => request && datasetsOf(request).includes(id));
    if (user) throw new CcnetError('dataset-in-use', { job: user.title });
  };

  return {
    'datasets.list': () => (session.current ? session.call('datasets.list', undefined) : []),
    'datasets.images': (id) => session.call('datasets.images', id),
    'datasets.findings': (id) => session.call('datasets.findings', id),
    'datasets.segmentability': (id) => session.call('datasets.segmentability', id),
    'datasets.editImages': async (payload) => {
      mustBeIdle(payload.id);
      const edited = await session.call('datasets.editImages', payload);
      changed();
      return edited;
    },
    'datasets.restoreImages': async (payload) => {
      mustBeIdle(payload.id);
      const edited = await session.call('datasets.restoreImages', payload);
      changed();
      return edited;
    },
    'datasets.rename': async (payload) => {
      const view = await session.call('datasets.rename', payload);
      changed();
      return view;
    },
    'datasets.remove': async (id) => {
      mustBeIdle(id);
      await session.call('datasets.remove', id);
      changed();
      return null;
    },
    'datasets.restore': async (id) => {
      const view = await session.call('datasets.restore', id);
      changed();
      return view;
    },
    'datasets.moveBack': async (id) => {
      const { request, result } = jobs.list().find((job) => job.id === id) ?? {};
      // Only what a job of this session found is written back, never a path of the page's.
      if (request?.kind !== 'relocate-dataset' || !result || !('from' in result))
        throw new CcnetError('nothing-moved', {});
      const view = await session.call('datasets.moveBack', { id: request.dataset, root: result.from });
      changed();
      return view;
    },
  };
}
