import type { Handlers } from '../ipc/serveIpc.ts';
import type { Services } from './services.ts';

type Calls =
  | 'library.runs'
  | 'library.datasets'
  | 'library.starter'
  | 'library.imported'
  | 'library.exclude'
  | 'predictions.list'
  | 'outcomes.list'
  | 'networks.testImages'
  | 'networks.list'
  | 'networks.get'
  | 'publication.get'
  | 'publication.set';

/** Calibration runs, predictions and what came of them. */
export function resultHandlers({ session, notify }: Services): Pick<Handlers, Calls> {
  return {
    'library.runs': () => (session.current ? session.call('library.runs', undefined) : []),
    'library.datasets': () => (session.current ? session.call('library.datasets', undefined) : []),
    'library.starter': () => session.call('library.starter', undefined),
    'library.imported': () => (session.current ? session.call('library.imported', undefined) : []),
    'library.exclude': async (payload) => {
      await session.call('library.exclude', payload);
      notify('project.changed', session.current);
      return null;
    },
    'predictions.list': (dataset) => session.call('predictions.list', dataset),
    'outcomes.list': (dataset) => session.call('outcomes.list', dataset),
    'networks.testImages': (id) => session.call('networks.testImages', id),
    'networks.list': () => (session.current ? session.call('networks.list', undefined) : []),
    'networks.get': (id) => session.call('networks.get', id),
    'publication.get': () => session.call('publication.get', undefined),
    'publication.set': (publication) => session.call('publication.set', publication),
  };
}
