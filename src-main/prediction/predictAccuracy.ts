import type { CalibratedDataset } from '#common/calibration/calibratedDataset.ts';
import type { CalibrationRun } from '#common/calibration/calibrationRun.ts';
import type { DatasetComplexity } from '#common/dataset/complexity.ts';
import { datasetCurves } from './points/datasetCurves.ts';
import { featuresOf } from './points/measureScale.ts';
import { predictFromCurves, type AccuracyPrediction } from './predictFromCurves.ts';

/** Measured accuracy of a network on the very dataset that is predicted. */
export interface MeasuredProbe {
  readonly alpha: number;
  /** Mean validation Dice, in [0, 1]: the test split of the dataset to predict decides nothing. */
  readonly dice: number;
  /** Runs averaged. */
  readonly seeds: number;
}

export interface AccuracyQuestion {
  /** Of other datasets, selected so that they may be compared (`gatherEvidence`); at least one. */
  readonly calibration: readonly CalibrationRun[];
  /** Runs of another network on other datasets, by the same recipe, which stand in where the asked one was not trained. */
  readonly lender?: { readonly network: string; readonly runs: readonly CalibrationRun[] } | undefined;
  /** Datasets of all these runs by fingerprint, as far as their complexity was measured by the target's recipe. */
  readonly datasets: ReadonlyMap<string, CalibratedDataset>;
  /** Base width at factor 1. */
  readonly width: number;
  readonly target: {
    readonly complexity: DatasetComplexity;
    readonly probes: readonly MeasuredProbe[];
  };
  /** Factors to predict, in (0, 1]. */
  readonly alphas: readonly number[];
  /** Trainable parameters of the base network at a uniform factor. */
  readonly parametersOf: (alpha: number) => number;
  readonly signal?: AbortSignal | undefined;
}

/**
 * Predicts the test Dice of every network size on a dataset from the stored runs of other datasets.
 * @throws CancelledError when the signal is aborted
 */
export function predictAccuracy(question: AccuracyQuestion): Promise<AccuracyPrediction> {
  const { calibration, lender, datasets, width, target, alphas, parametersOf, signal } = question;
  return predictFromCurves({
    curves: datasetCurves(calibration, datasets),
    lender: lender && { network: lender.network, curves: datasetCurves(lender.runs, datasets) },
    runs: calibration.length,
    features: featuresOf(target.complexity),
    probes: target.probes.map(({ alpha, dice, seeds }) => ({ width: alpha * width, dice, runs: seeds })),
    width,
    alphas,
    parametersOf,
    signal,
  });
}
