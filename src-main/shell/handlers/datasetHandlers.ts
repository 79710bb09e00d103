import { UsageError } from '#common/errors.ts';
import type { Handlers } from '../ipc/serveIpc.ts';
import type { Services } from './services.ts';

type Calls = `datasets.${'list' | 'images' | 'findings' | 'rename' | 'remove' | 'restore' | 'moveBack'}`;

/** There is no relocation of this session to take back. */
class NothingMovedError extends UsageError {
  constructor() {
    super(
      'That relocation cannot be taken back any more.',
      'Locate the folder again in the view of the dataset.',
    );
  }
}

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
    'datasets.moveBack': async (id) => {
      const moved = jobs.list().find((job) => job.id === id)?.result;
      // Only what a job of this session found is written back, never a path of the page's.
      if (!moved || !('from' in moved)) throw new NothingMovedError();
      const view = await session.call('datasets.moveBack', { name: moved.dataset, root: moved.from });
      changed();
      return view;
    },
  };
}
