import type { CalibratedDataset } from '#common/calibration/calibratedDataset.ts';
import { heldDatasets } from '#common/calibration/heldDatasets.ts';
import type { ImportedLibrary, RunView, StarterLibraryView } from '#contract/channels.ts';
import { call } from '../main/call.ts';
import { Resource } from '../main/resource.svelte.ts';
import { attempt, toasts } from '../window/toasts.svelte.ts';

/** All calibration runs of the project. */
class Library {
  readonly runs = new Resource<readonly RunView[]>(() => call('library.runs'));
  readonly #datasets = new Resource<readonly CalibratedDataset[]>(() => call('library.datasets'));
  /** How much of the library that comes with the product is in the project. */
  readonly starter = new Resource<StarterLibraryView>(() => call('library.starter'));
  /** The library files that brought runs. */
  readonly imported = new Resource<readonly ImportedLibrary[]>(() => call('library.imported'));
  /** What predictions can draw on, dataset by dataset. */
  readonly held = $derived(heldDatasets(this.runs.value ?? [], this.#datasets.value ?? []));

  load = async (): Promise<void> => {
    await Promise.all([this.runs, this.#datasets, this.starter, this.imported].map((one) => one.load()));
  };

  clear(): void {
    this.runs.clear();
    this.#datasets.clear();
    this.starter.clear();
    this.imported.clear();
  }

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
