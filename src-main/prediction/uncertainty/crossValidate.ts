import type { CalibrationPoint } from '../points/calibrationPoints.ts';
import { clipToUnit } from '../algebra/clipToUnit.ts';
import type { Probe } from './conditionOnProbes.ts';
import { fitDiceModel } from './fitDiceModel.ts';
import { groupBy, type NonEmpty } from '../algebra/groupBy.ts';
import { valueAt } from '../algebra/linearAlgebra.ts';
import { onlyFeatures, sharedFeatures } from '../points/measureScale.ts';
import type { Predictor } from '../predictors/predictor.ts';
import { PREDICTORS } from '../predictors/predictors.ts';

/** Errors of one predictor on datasets that it had not seen. All in Dice, except retained accuracy, which is a share. */
export interface PredictorErrors {
  readonly predictor: string;
  /** Mean over datasets of the mean absolute error over that dataset's sizes. */
  readonly mae: number;
  /** Same for retained accuracy Dice(alpha) / Dice(1), base network left out; null where no dataset has a base network. */
  readonly maeRetained: number | null;
  readonly perDataset: readonly DatasetErrors[];
  readonly perSize: readonly { log2Alpha: number; mae: number; datasets: number }[];
}

export interface DatasetErrors {
  readonly dataset: string;
  readonly datasetName: string;
  readonly mae: number;
  readonly maeRetained: number | null;
}

/** Leave-one-dataset-out cross-validation of all predictors on the same points. */
export interface CrossValidation {
  readonly datasets: number;
  /** In the order of the predictors given. */
  readonly errors: readonly PredictorErrors[];
}

/** The left-out dataset's own measurements at these log2 alphas are shown to the predictors, or only set aside. */
export interface Probing {
  readonly log2Alphas: readonly number[];
  readonly used: boolean;
}

const NO_PROBES: Probing = { log2Alphas: [], used: false };

/** One measured point beside what was predicted for it without its dataset. */
interface Outcome {
  readonly point: CalibrationPoint;
  readonly predicted: number;
}

/**
 * Leaves out one dataset after the other, fits every predictor to the remaining ones and compares. Everything that a predictor tunes
 * (penalties, scales, weights of measures, standardisation) is tuned within the remaining datasets.
 *
 * @param points of at least two datasets
 * @param probing sizes at which the left-out dataset is probed; these count in no error
 */
export function crossValidate(
  points: readonly CalibrationPoint[],
  predictors: readonly Predictor[] = PREDICTORS,
  probing: Probing = NO_PROBES,
): CrossValidation {
  const comparable = withSharedFeatures(points);
  const datasets = [...groupBy(comparable, (point) => point.dataset).values()];
  if (datasets.length < 2) throw new RangeError('Leave-one-dataset-out needs at least two datasets.');
  return {
    datasets: datasets.length,
    errors: predictors.map((predictor) =>
      summarise(
        predictor.name,
        datasets.map((own) => leaveOut(comparable, own, predictor, probing)),
      ),
    ),
  };
}

/** Keeps the features that all points have, which is what predictors require. */
export function withSharedFeatures(points: readonly CalibrationPoint[]): CalibrationPoint[] {
  const shared = sharedFeatures(points.map((point) => point.features));
  return points.map((point) => ({ ...point, features: onlyFeatures(point.features, shared) }));
}

function leaveOut(
  points: readonly CalibrationPoint[],
  own: NonEmpty<CalibrationPoint>,
  predictor: Predictor,
  { log2Alphas, used }: Probing,
): Outcome[] {
  const [{ dataset, features }] = own;
  const fitted = fitDiceModel(
    points.filter((point) => point.dataset !== dataset),
    predictor,
  );
  const isProbe = (point: CalibrationPoint): boolean =>
    log2Alphas.some((size) => Math.abs(size - point.log2Alpha) < 1e-4);
  const probes: Probe[] = used ? own.filter(isProbe) : [];
  const asked = own.filter((point) => !isProbe(point));
  const mean = probes.length > 0 ? fitted.joint(features, asked, probes).mean : fitted.mean(features, asked);
  return asked.map((point, i) => ({ point, predicted: clipToUnit(valueAt(mean, i)) }));
}

function summarise(predictor: string, outcomes: readonly (readonly Outcome[])[]): PredictorErrors {
  const perDataset = outcomes.flatMap((own): DatasetErrors[] => {
    const [first] = own;
    if (first === undefined) return [];
    const retained = retainedErrors(own);
    const { dataset, datasetName } = first.point;
    const maeRetained = retained.length > 0 ? average(retained) : null;
    return [{ dataset, datasetName, mae: average(own.map(error)), maeRetained }];
  });
  const retained = perDataset.flatMap(({ maeRetained }) => (maeRetained === null ? [] : [maeRetained]));
  const bySize = groupBy(outcomes.flat(), ({ point }) => point.log2Alpha.toFixed(4));
  return {
    predictor,
    mae: average(perDataset.map(({ mae }) => mae)),
    maeRetained: retained.length > 0 ? average(retained) : null,
    perDataset,
    perSize: [...bySize.values()]
      .map((same) => ({
        log2Alpha: same[0].point.log2Alpha,
        mae: average(same.map(error)),
        datasets: same.length,
      }))
      .sort((a, b) => b.log2Alpha - a.log2Alpha),
  };
}

function error({ point, predicted }: Outcome): number {
  return Math.abs(point.dice - predicted);
}

function retainedErrors(own: readonly Outcome[]): number[] {
  const base = own.find(({ point }) => point.log2Alpha > -1e-4);
  if (base === undefined || base.point.dice <= 0 || base.predicted <= 0) return [];
  return own
    .filter((outcome) => outcome !== base)
    .map(({ point, predicted }) => Math.abs(point.dice / base.point.dice - predicted / base.predicted));
}

function average(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}
