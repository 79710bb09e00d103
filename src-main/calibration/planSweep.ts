import type { CalibrationRun } from '#common/calibration/calibrationRun.ts';
import type { Fold } from '#common/dataset/fold.ts';
import type { NetworkFamily, NetworkSpec } from '#common/network/network.ts';
import { runKey } from '#common/calibration/runKey.ts';
import type { TrainingRecipe } from '#common/training/training.ts';

/** What a plan needs to know of a dataset. */
export interface SweepDataset {
  readonly name: string;
  readonly fingerprint: string;
  readonly channels: 1 | 3;
}

export interface SweepRequest<Dataset extends SweepDataset = SweepDataset> {
  readonly datasets: readonly Dataset[];
  readonly family: NetworkFamily;
  /** Filters of the first level at factor 1. */
  readonly width: number;
  /** Multiplicative factors in (0, 1]. */
  readonly alphas: readonly number[];
  readonly seeds: readonly number[];
  /** Folds of each dataset; its own split alone if absent. */
  readonly folds?: readonly (Fold | null)[] | undefined;
  readonly recipe: TrainingRecipe;
  /** Output classes, background included; 2 if absent. */
  readonly classes?: number;
}

/** One network to be trained. */
export interface PlannedRun<Dataset extends SweepDataset = SweepDataset> {
  readonly dataset: Dataset;
  readonly network: NetworkSpec;
  readonly recipe: TrainingRecipe;
  readonly seed: number;
  readonly fold: Fold | null;
}

export interface SweepPlan<Dataset extends SweepDataset = SweepDataset> {
  /** In the order in which to train. */
  readonly toTrain: PlannedRun<Dataset>[];
  /** Runs of the request that are there already, excluded ones among them. */
  readonly stored: CalibrationRun[];
}

/**
 * Plans which networks a sweep has to train. The order gives usable results early: a whole curve of all datasets from
 * the first seed and fold before any is repeated; in it the small networks, which take seconds, before the large ones; and for
 * each size every dataset, so that a sweep that is stopped leaves the same sizes of all of them to compare.
 */
export function planSweep<Dataset extends SweepDataset>(
  request: SweepRequest<Dataset>,
  storedRuns: readonly CalibrationRun[],
): SweepPlan<Dataset> {
  const known = new Map(storedRuns.map((run) => [runKey(run), run]));
  const planned = new Set<string>();
  const plan: SweepPlan<Dataset> = { toTrain: [], stored: [] };
  for (const run of inOrder(request)) {
    const key = plannedKey(run);
    if (planned.has(key)) continue;
    planned.add(key);
    const stored = known.get(key);
    if (stored) plan.stored.push(stored);
    else plan.toTrain.push(run);
  }
  return plan;
}

function inOrder<Dataset extends SweepDataset>(request: SweepRequest<Dataset>): PlannedRun<Dataset>[] {
  const { datasets, family, width, recipe, classes = 2, folds = [null] } = request;
  const smallFirst = [...request.alphas].sort((a, b) => a - b);
  return request.seeds.flatMap((seed) =>
    folds.flatMap((fold) =>
      smallFirst.flatMap((factor) =>
        datasets.map((dataset) => ({
          dataset,
          network: { family, width, channels: dataset.channels, classes, factor },
          recipe,
          seed,
          fold,
        })),
      ),
    ),
  );
}

function plannedKey({ dataset, network, recipe, seed, fold }: PlannedRun): string {
  return runKey({
    datasetFingerprint: dataset.fingerprint,
    network,
    recipe,
    seed,
    fold,
  });
}
