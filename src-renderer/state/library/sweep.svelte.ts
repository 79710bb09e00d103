import { commonRecipe } from '#common/calibration/commonRecipe.ts';
import { selectRuns } from '#common/calibration/selectRuns.ts';
import { foldsOf } from '#common/dataset/foldsOf.ts';
import { DEFAULT_ALPHAS } from '#common/network/defaultAlphas.ts';
import { DEFAULT_NETWORK } from '#common/network/defaultNetwork.ts';
import type { NetworkFamily } from '#common/network/network.ts';
import { trainableRecipe } from '#common/training/trainableRecipe.ts';
import { DEFAULT_RECIPE } from '#common/training/defaultRecipe.ts';
import type { DeviceId } from '#common/device/device.ts';
import type { RequestOf } from '#contract/jobs/jobKinds.ts';
import { jobs } from '../jobs/jobs.svelte.ts';
import { library } from './library.svelte.ts';
import { place } from '../window/route.svelte.ts';
import { settings } from '../window/settings.svelte.ts';
import { attempt } from '../window/toasts.svelte.ts';

/** A calibration sweep as it is being put together. */
export class Sweep {
  /** Ids of the datasets to calibrate on. */
  datasets = $state.raw<readonly number[]>([]);
  family = $state<NetworkFamily>(DEFAULT_NETWORK.family);
  width = $state(DEFAULT_NETWORK.width);
  repeats = $state(1);
  alphas = $state.raw<readonly number[]>(DEFAULT_ALPHAS);
  device = $state<DeviceId>('native');
  /** Whether the cores train beside the card that was chosen. */
  withCores = $state(false);
  /** Most trainings side by side; undefined for as many as make it faster. */
  parallel = $state<number | undefined>(undefined);
  /** Whether it runs on a cluster, and what is asked of it; empty for the cluster's own default. */
  onCluster = $state(false);
  partition = $state('');
  time = $state('');
  /** GPUs of each training there; undefined for none. */
  gpus = $state<number | undefined>(undefined);
  /** Whether the images are copied for nodes that do not see where they lie. */
  pack = $state(false);
  /** Parts of each dataset that are tested in turn; undefined for its own split. */
  folds = $state<number | undefined>(undefined);
  readonly count = $derived(
    this.datasets.length * this.alphas.length * (this.repeats || 0) * (this.folds ?? 1),
  );

  toggleDataset(id: number): void {
    const chosen = this.datasets.includes(id);
    this.datasets = chosen ? this.datasets.filter((one) => one !== id) : [...this.datasets, id];
  }

  toggleAlpha(alpha: number): void {
    this.alphas = this.alphas.includes(alpha)
      ? this.alphas.filter((one) => one !== alpha)
      : DEFAULT_ALPHAS.filter((one) => one === alpha || this.alphas.includes(one));
  }

  readonly #executor = $derived.by((): NonNullable<RequestOf<'calibrate'>['executor']> => {
    const [partition, time] = [this.partition.trim(), this.time.trim()];
    return {
      kind: 'slurm',
      ...(partition && { partition }),
      ...(time && { time }),
      ...(this.gpus !== undefined && { gpus: this.gpus }),
      ...(this.pack && { pack: true }),
    };
  });

  /** What it asks for, by the recipe of the other runs, so that all can be compared; null while nothing is chosen. */
  readonly request = $derived.by((): RequestOf<'calibrate'> | null => {
    if (this.count === 0) return null;
    const { family, width } = this;
    const runs = library.runs.value?.map((view) => view.run) ?? [];
    return {
      kind: 'calibrate',
      datasets: [...this.datasets],
      family,
      width,
      alphas: [...this.alphas],
      seeds: Array.from({ length: this.repeats }, (_, i) => i + 1),
      ...(this.folds !== undefined && { folds: foldsOf(this.folds) }),
      recipe: trainableRecipe(commonRecipe(selectRuns(runs, { family, width })) ?? DEFAULT_RECIPE),
      device: this.device,
      threads: settings.values.threads,
      ...(this.onCluster
        ? { executor: this.#executor }
        : { parallel: this.parallel ?? null, withCores: this.withCores && this.device !== 'native' }),
    };
  });

  /** Starts it, and opens the jobs panel. */
  start(): Promise<boolean> {
    return attempt(async () => {
      if (!this.request) return;
      await jobs.start(this.request);
      place.jobsOpen = true;
    });
  }
}
