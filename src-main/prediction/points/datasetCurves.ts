import type { CalibratedDataset } from '#common/calibration/calibratedDataset.ts';
import type { CalibrationRun } from '#common/calibration/calibrationRun.ts';
import { groupBy, type NonEmpty } from '../algebra/groupBy.ts';
import { firstLevelWidth } from '#common/calibration/rebasedRun.ts';
import { withoutFoldEffects } from '#common/calibration/withoutFoldEffects.ts';
import { clipToUnit } from '#common/statistics/clipToUnit.ts';
import { mean } from '#common/statistics/mean.ts';
import { foldText } from '#common/dataset/foldText.ts';
import { valueAt } from '../algebra/linearAlgebra.ts';
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

function sizesOf(all: NonEmpty<CalibrationRun>): MeasuredSize[] {
  // Sorted, so that the sums do not depend on the order in which runs finished.
  const runs = all
    .map((run): SizedRun => ({ run, size: firstLevelWidth(run).toFixed(4), fold: foldText(run.fold) }))
    .sort(inOrder);
  const test = withoutFoldEffects(runs.map((one) => ({ ...one, dice: one.run.testDice })));
  const validation = withoutFoldEffects(runs.map((one) => ({ ...one, dice: one.run.validationDice })));
  const placed = runs.map((one, i) => ({
    ...one,
    test: valueAt(test, i),
    validation: valueAt(validation, i),
  }));
  return [...groupBy(placed, ({ size }) => size).values()]
    .map(measuredSize)
    .sort((a, b) => a.width - b.width);
}

interface SizedRun {
  readonly run: CalibrationRun;
  readonly size: string;
  readonly fold: string;
}

interface PlacedRun extends SizedRun {
  /** Dice as if all folds were equally hard. */
  readonly test: number;
  readonly validation: number;
}

function measuredSize(placed: NonEmpty<PlacedRun>): MeasuredSize {
  return {
    width: firstLevelWidth(placed[0].run),
    dice: clipToUnit(mean(placed.map(({ test }) => test))),
    validation: clipToUnit(mean(placed.map((one) => one.validation))),
    runs: placed.length,
    each: placed.map(({ run }) => run.testDice),
  };
}

function inOrder(a: SizedRun, b: SizedRun): number {
  const compare = (x: string, y: string): number => (x < y ? -1 : Number(x > y));
  return (
    compare(a.size, b.size) ||
    compare(a.fold, b.fold) ||
    a.run.testDice - b.run.testDice ||
    a.run.validationDice - b.run.validationDice
  );
}
