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
  const runs = [...all].sort(inOrder);
  const test = withoutFoldEffects(runs, sizeOf, (run) => run.testDice);
  const validation = withoutFoldEffects(runs, sizeOf, (run) => run.validationDice);
  const placed = runs.map((run, i) => ({
    run,
    test: valueAt(test, i),
    validation: valueAt(validation, i),
  }));
  return [...groupBy(placed, ({ run }) => sizeOf(run)).values()]
    .map(measuredSize)
    .sort((a, b) => a.width - b.width);
}

interface PlacedRun {
  readonly run: CalibrationRun;
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

/** Networks of the same first level are one size, whatever their base. */
const sizeOf = (run: CalibrationRun): string => firstLevelWidth(run).toFixed(4);

/** Any fixed order, so that sums do not depend on the order in which runs finished. */
function inOrder(a: CalibrationRun, b: CalibrationRun): number {
  const [left, right] = [sizeOf(a) + foldText(a.fold), sizeOf(b) + foldText(b.fold)];
  const named = left < right ? -1 : Number(left > right);
  return named || a.testDice - b.testDice || a.validationDice - b.validationDice;
}
