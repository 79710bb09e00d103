import { UsageError } from '../../contract/errors.ts';
import type { Handlers } from '../ipc/serveIpc.ts';
import type { Services } from './services.ts';

type Calls = `datasets.${'list' | 'images' | 'findings' | 'rename' | 'remove' | 'restore'}`;

/** The datasets of the open project. */
export function datasetHandlers({ session, jobs, notify }: Services): Pick<Handlers, Calls> {
  const changed = (): void => notify('project.changed', session.current);

  /** A job finds its dataset by name, so that must not change under it. */
  const mustBeIdle = async (id: number): Promise<void> => {
    const name = (await session.call('datasets.list', undefined)).find((dataset) => dataset.id === id)?.name;
    const user = jobs.active().find(({ request }) => {
      if (!request) return false;
      if ('datasets' in request) return name !== undefined && request.datasets.includes(name);
      return 'dataset' in request && request.dataset === name;
    });
    if (user) {
      throw new UsageError(
        `${name ?? 'The dataset'} is in use by the job "${user.title}".`,
        'Cancel the job, or wait for it.',
      );
    }
  };

  return {
    'datasets.list': () => (session.current ? session.call('datasets.list', undefined) : []),
    'datasets.images': (id) => session.call('datasets.images', id),
    'datasets.findings': (id) => session.call('datasets.findings', id),
    'datasets.rename': async (payload) => {
      await mustBeIdle(payload.id);
      const view = await session.call('datasets.rename', payload);
      changed();
      return view;
    },
    'datasets.remove': async (id) => {
      await mustBeIdle(id);
      await session.call('datasets.remove', id);
      changed();
      return null;
    },
    'datasets.restore': async (id) => {
      const view = await session.call('datasets.restore', id);
      changed();
      return view;
    },
  };
}
