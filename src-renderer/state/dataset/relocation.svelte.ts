import { counted } from '#common/format.ts';
import type { DatasetView, JobView } from '#contract/channels.ts';
import type { Finding } from '#common/dataset/dataset.ts';
import type { Failure } from '#common/failures/failures.ts';
import { call } from '../main/call.ts';
import { findingsOf, shownFailure } from '../window/failureWords.ts';
import { datasets } from './datasets.svelte.ts';
import { jobs } from '../jobs/jobs.svelte.ts';
import { mediaUrl } from '../main/mediaUrl.svelte.ts';
import { attempt, toasts } from '../window/toasts.svelte.ts';

/** Saying where the files of a dataset lie now: choose, compare, note, and take it back. */
class Relocation {
  /** The dataset whose files are compared, or were found to differ. */
  dataset = $state.raw<DatasetView | undefined>();
  job = $state.raw<JobView | undefined>();
  error = $state.raw<Failure | undefined>();
  /** What is missing or differs in the folder that was chosen. */
  findings = $state.raw<readonly Finding[]>([]);

  /** Asks for the folder or .zip and compares its files; the project changes only when all are the same. */
  choose = (dataset: DatasetView): Promise<boolean> =>
    attempt(async () => {
      const path = await call('dialogs.dataset');
      if (path) await this.#compare(dataset, path);
    });

  /** Looks whether the folder is there again, because a disk was connected. */
  lookAgain = async (dataset: DatasetView): Promise<void> => {
    await datasets.list.load();
    if (datasets.byId(dataset.id)?.missing) toasts.done(`${dataset.root} is still not there.`);
    else mediaUrl.renew();
  };

  close(): void {
    if (this.job && !this.error) void jobs.cancel(this.job.id);
    this.dataset = undefined;
    this.job = undefined;
  }

  async #compare(dataset: DatasetView, path: string): Promise<void> {
    this.dataset = dataset;
    this.job = undefined;
    this.error = undefined;
    this.findings = [];
    try {
      const request = { kind: 'relocate-dataset' as const, dataset: dataset.id, path };
      let moved = 0;
      const { to, images } = await jobs.run<'relocate-dataset'>(request, (job) => {
        this.job = job;
        moved = job.id;
      });
      this.dataset = undefined;
      await this.#refresh();
      toasts.done(`${dataset.name} is now at ${to}: ${counted(images, 'image')} compared, all the same.`, {
        label: 'Undo',
        run: async () => {
          await attempt(() => call('datasets.moveBack', moved));
          await this.#refresh();
        },
      });
    } catch (error) {
      if (this.dataset?.id !== dataset.id) return;
      this.error = shownFailure(error);
      this.findings = findingsOf(this.error);
    }
  }

  async #refresh(): Promise<void> {
    await datasets.list.load();
    mediaUrl.renew();
  }
}

export const relocation = new Relocation();
