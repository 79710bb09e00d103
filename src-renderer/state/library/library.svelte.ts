import type { RunView } from '#contract/channels.ts';
import { call } from '../main/call.ts';
import { Resource } from '../main/resource.svelte.ts';
import { attempt, toasts } from '../window/toasts.svelte.ts';

/** All calibration runs of the project. */
class Library {
  readonly runs = new Resource<readonly RunView[]>(() => call('library.runs'));

  /** Keeps a run out of every prediction; a message offers to take it back. */
  exclude = (run: RunView, reason: string): Promise<boolean> =>
    attempt(async () => {
      await call('library.exclude', { id: run.id, reason });
      await this.runs.load();
      toasts.done('The run is left out of predictions.', {
        label: 'Undo',
        run: async () => {
          await this.include(run);
        },
      });
    });

  include = (run: RunView): Promise<boolean> =>
    attempt(async () => {
      await call('library.exclude', { id: run.id, reason: null });
      await this.runs.load();
    });
}

export const library = new Library();
