import type { CalibrationRun } from '#common/calibration/calibrationRun.ts';
import { selectRuns, type RunSelection } from '#common/calibration/selectRuns.ts';
import { effectiveAlpha } from './effectiveAlpha.ts';
import { featuresOf, type Features } from './measureScale.ts';
import { groupBy, type NonEmpty } from '../algebra/groupBy.ts';

/** Measured accuracy of one network size on one dataset, averaged over seeds. */
export interface CalibrationPoint {
  /** Fingerprint of the dataset; what leave-one-dataset-out leaves out. */
  readonly dataset: string;
  readonly datasetName: string;
  readonly features: Features;
  /** log2 of the (effective) multiplicative factor, 0 at most. */
  readonly log2Alpha: number;
  readonly log2Parameters: number;
  /** Mean test Dice over the seeds, in [0, 1]. */
  readonly dice: number;
  /** How many runs were averaged. */
  readonly seeds: number;
  /** Standard deviation of one run's Dice around that mean; null with a single run. */
  readonly spread: number | null;
}

/** Which runs belong together in one fit, and where on the axis of sizes they lie. */
export interface CalibrationSelection extends RunSelection {
  readonly complexityRecipe: string;
  /** Trainable parameters of the base network at a uniform factor; places layer-wise factors by their size. */
  readonly parametersOf: (alpha: number) => number;
}

/**
 * Averages the selected runs into one point per dataset and size, in a fixed order whatever the order of `runs`:
 * by dataset fingerprint, then from the widest network to the narrowest.
 */
export function calibrationPoints(
  runs: readonly CalibrationRun[],
  selection: CalibrationSelection,
): CalibrationPoint[] {
  const placed = selectRuns(runs, selection).map((run) => ({ run, log2Alpha: log2AlphaOf(run, selection) }));
  const groups = groupBy(placed, ({ run, log2Alpha }) => `${run.datasetFingerprint} ${log2Alpha.toFixed(4)}`);
  return [...groups.values()]
    .map((group) => averageSeeds(group))
    .sort((a, b) => compareText(a.dataset, b.dataset) || b.log2Alpha - a.log2Alpha);
}

function log2AlphaOf(run: CalibrationRun, { parametersOf }: CalibrationSelection): number {
  const { factor } = run.network;
  return Math.log2(typeof factor === 'number' ? factor : effectiveAlpha(run.parameters, parametersOf));
}

function averageSeeds(group: NonEmpty<{ run: CalibrationRun; log2Alpha: number }>): CalibrationPoint {
  const [{ run: first, log2Alpha }] = group;
  // Sorted, so that the sum does not depend on the order in which runs finished.
  const dice = group.map(({ run }) => run.testDice).sort((a, b) => a - b);
  const mean = dice.reduce((sum, value) => sum + value, 0) / dice.length;
  const squares = dice.reduce((sum, value) => sum + (value - mean) ** 2, 0);
  return {
    dataset: first.datasetFingerprint,
    datasetName: first.datasetName,
    features: featuresOf(first.complexity, first.trainingImages),
    log2Alpha,
    log2Parameters: Math.log2(first.parameters),
    dice: mean,
    seeds: dice.length,
    spread: dice.length > 1 ? Math.sqrt(squares / (dice.length - 1)) : null,
  };
}

function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
