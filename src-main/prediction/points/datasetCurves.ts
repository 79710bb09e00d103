import type { CalibratedDataset } from '#common/calibration/calibratedDataset.ts';
import type { CalibrationRun } from '#common/calibration/calibrationRun.ts';
import { groupBy, type NonEmpty } from '../algebra/groupBy.ts';
import { firstLevelWidth } from '#common/calibration/rebasedRun.ts';
import { mean } from '#common/statistics/mean.ts';
import type { DatasetCurve, MeasuredSize } from '../curves/datasetCurve.ts';
import { featuresOf } from './measureScale.ts';

/**
 * The measured curve of every dataset, in a fixed order whatever the order of `runs`: by fingerprint, then from the narrowest network to
 * the widest.
 *
 * @param runs that may be compared: learnt, of one family, by one recipe of training
 * @param datasets what is known of their datasets, by fingerprint, all measured by one recipe
 */
export function datasetCurves(
  runs: readonly CalibrationRun[],
  datasets: ReadonlyMap<string, CalibratedDataset>,
): DatasetCurve[] {
  return [...groupBy(runs, (run) => run.datasetFingerprint)]
    .map(([dataset, own]): DatasetCurve => {
      const [first] = own;
      const known = datasets.get(dataset);
      return {
        dataset,
        name: first.datasetName,
        related: known?.related ?? dataset,
        features: known ? featuresOf(known.complexity) : {},
        sizes: sizesOf(own),
      };
    })
    .filter(({ sizes }) => sizes.length > 0)
    .sort((a, b) => (a.dataset < b.dataset ? -1 : 1));
}

function sizesOf(runs: NonEmpty<CalibrationRun>): MeasuredSize[] {
  const placed = runs.map((run) => ({ run, width: firstLevelWidth(run) }));
  return [...groupBy(placed, ({ width }) => width.toFixed(4)).values()]
    .map((same) =>
      measuredSize(
        same[0].width,
        same.map(({ run }) => run),
      ),
    )
    .sort((a, b) => a.width - b.width);
}

function measuredSize(width: number, runs: readonly CalibrationRun[]): MeasuredSize {
  // Sorted, so that the sums do not depend on the order in which runs finished.
  const dice = runs.map((run) => run.testDice).sort((a, b) => a - b);
  const centre = mean(dice);
  const squares = dice.reduce((sum, value) => sum + (value - centre) ** 2, 0);
  return {
    width,
    dice: centre,
    validation: mean(runs.map((run) => run.validationDice).sort((a, b) => a - b)),
    runs: dice.length,
    spread: dice.length > 1 ? Math.sqrt(squares / (dice.length - 1)) : null,
  };
}
