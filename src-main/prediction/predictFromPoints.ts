import type { Prediction, PredictionError } from '#common/prediction/prediction.ts';
import type { CalibrationPoint } from './points/calibrationPoints.ts';
import { clipToUnit } from './algebra/clipToUnit.ts';
import { crossValidate, type CrossValidation, type PredictorErrors } from './uncertainty/crossValidate.ts';
import type { Probe } from './uncertainty/conditionOnProbes.ts';
import { fitDiceModel, type JointDice } from './uncertainty/fitDiceModel.ts';
import { groupBy } from './algebra/groupBy.ts';
import { at, valueAt } from './algebra/linearAlgebra.ts';
import { onlyFeatures, sharedFeatures, type Features } from './points/measureScale.ts';
import { outsideCalibration } from './uncertainty/outsideCalibration.ts';
import { PREDICTORS } from './predictors/predictors.ts';
import { retainedAccuracy, type RetainedPoint } from './retainedAccuracy.ts';
import { selectPredictor } from './uncertainty/selectPredictor.ts';
import type { NetworkSize } from './points/sizeAxis.ts';
import { studentQuantile } from './algebra/studentQuantile.ts';

/** Share of measured runs that an interval is meant to contain; its lower bound is missed by one in twenty. */
export const INTERVAL_LEVEL = 0.9;

/** Measured accuracy of a network on the very dataset that is predicted. */
export interface MeasuredProbe {
  readonly alpha: number;
  /** Mean validation Dice, in [0, 1]: the test split of the dataset to predict decides nothing. */
  readonly dice: number;
  /** Runs averaged; 1 unless given. */
  readonly seeds?: number;
}

/** A prediction with retained accuracy beside absolute Dice. */
export interface AccuracyPrediction extends Prediction {
  /** One per point, in the same order. */
  readonly retained: readonly RetainedPoint[];
}

export interface PointsQuestion {
  /** At least one. */
  readonly points: readonly CalibrationPoint[];
  /** Runs that were averaged into the points, for the record. */
  readonly runs: number;
  readonly features: Features;
  readonly probes: readonly MeasuredProbe[];
  readonly alphas: readonly number[];
  readonly parametersOf: (alpha: number) => number;
}

/**
 * Predicts every asked size with the predictor that leave-one-dataset-out selects. Measures that the target or some calibrated dataset
 * lacks are not used.
 */
export function predictFromPoints(question: PointsQuestion): AccuracyPrediction {
  const { alphas, parametersOf } = question;
  const shared = sharedFeatures([question.features, ...question.points.map((point) => point.features)]);
  const points = question.points.map((point) => ({
    ...point,
    features: onlyFeatures(point.features, shared),
  }));
  const sizeOf = (alpha: number): NetworkSize => ({
    log2Alpha: Math.log2(alpha),
    log2Parameters: Math.log2(parametersOf(alpha)),
  });
  const probes: Probe[] = question.probes.map(({ alpha, dice, seeds }) => ({
    ...sizeOf(alpha),
    dice,
    seeds: seeds ?? 1,
  }));
  const datasets = [...groupBy(points, (point) => point.dataset).values()].map(([first]) => first.features);
  const error = validate(points, datasets.length, probes, question.runs);
  const predictor = PREDICTORS.find(({ name }) => name === error.predictor);
  if (predictor === undefined) throw new RangeError(`No predictor is called ${error.predictor}.`);

  const joint = fitDiceModel(points, predictor).joint(
    onlyFeatures(question.features, shared),
    [...alphas, 1].map(sizeOf),
    probes,
  );
  const { warnings, widening } = outsideCalibration(datasets, question.features);
  const reach = widening * studentQuantile(INTERVAL_LEVEL, joint.freedom);
  return {
    points: alphas.map((alpha, i) => {
      const mean = valueAt(joint.mean, i);
      const half = reach * Math.sqrt(at(joint.covariance, i, i));
      return {
        alpha,
        parameters: parametersOf(alpha),
        predicted: clipToUnit(mean),
        low: clipToUnit(mean - half),
        high: clipToUnit(mean + half),
      };
    }),
    retained: retainedPoints(alphas, joint, reach),
    error,
    warnings: [...warnings, ...scarcity(datasets.length), ...beyondSizes(points, alphas)],
  };
}

/** The base network is the last size of the joint prediction. */
function retainedPoints(alphas: readonly number[], joint: JointDice, reach: number): RetainedPoint[] {
  return alphas.map((alpha, i) => retainedAccuracy(alpha, joint, i, alphas.length, reach));
}

function validate(
  points: readonly CalibrationPoint[],
  datasets: number,
  probes: readonly Probe[],
  runs: number,
): PredictionError {
  const [simplest] = PREDICTORS;
  if (datasets < 3) {
    return {
      predictor: simplest?.name ?? '',
      mae: null,
      baselines: { meanCurve: null, logParameters: null },
      retained: { mae: null, baselines: { meanCurve: null, logParameters: null }, datasets: 0 },
      candidates: [],
      datasets,
      runs,
    };
  }
  const unaided = crossValidate(points);
  const sizes = probes.map((probe) => probe.log2Alpha);
  // Predictors are compared as they will be used: with probes where the calibrated datasets were measured at those sizes.
  const aided = hasSizes(points, sizes)
    ? crossValidate(points, PREDICTORS, { log2Alphas: sizes, used: true })
    : unaided;
  const predictor = selectPredictor(aided);
  return {
    predictor,
    ...errorsOf('mae', aided, predictor, unaided),
    retained: {
      ...errorsOf('maeRetained', aided, predictor, unaided),
      datasets:
        errorsNamed(aided, predictor)?.perDataset.filter((own) => own.maeRetained !== null).length ?? 0,
    },
    candidates: aided.errors
      .map(({ predictor: name, mae }) => ({ predictor: name, mae }))
      .sort((a, b) => a.mae - b.mae),
    datasets,
    runs,
  };
}

/** Whether every dataset was measured at all the sizes, and elsewhere too. */
function hasSizes(points: readonly CalibrationPoint[], sizes: readonly number[]): boolean {
  if (sizes.length === 0) return false;
  return [...groupBy(points, (point) => point.dataset).values()].every((own) => {
    const measured = (size: number): boolean => own.some((point) => Math.abs(point.log2Alpha - size) < 1e-4);
    return sizes.every(measured) && own.length > sizes.length;
  });
}

/** The error of the predictor in use beside those of both baselines, which get no probes. */
function errorsOf(
  kind: 'mae' | 'maeRetained',
  aided: CrossValidation,
  predictor: string,
  unaided: CrossValidation,
): Pick<PredictionError, 'mae' | 'baselines'> {
  return {
    mae: errorsNamed(aided, predictor)?.[kind] ?? null,
    baselines: {
      meanCurve: errorsNamed(unaided, 'meanCurve')?.[kind] ?? null,
      logParameters: errorsNamed(unaided, 'logParameters')?.[kind] ?? null,
    },
  };
}

function errorsNamed({ errors }: CrossValidation, predictor: string): PredictorErrors | undefined {
  return errors.find((one) => one.predictor === predictor);
}

function scarcity(datasets: number): string[] {
  if (datasets >= 5) return [];
  const known =
    datasets === 1 ? 'Only one dataset was calibrated' : `Only ${datasets} datasets were calibrated`;
  return [
    datasets < 3
      ? `${known}: the error on unseen datasets cannot be estimated, and the interval rests on assumptions. Calibrate at least three, better eight.`
      : `${known}: the interval is wide, and complexity is hardly used. Calibrate eight or more, or train a probe.`,
  ];
}

function beyondSizes(points: readonly CalibrationPoint[], alphas: readonly number[]): string[] {
  const narrowest = Math.min(...points.map((point) => point.log2Alpha));
  const beyond = alphas.filter((alpha) => Math.log2(alpha) < narrowest - 1e-4);
  if (beyond.length === 0) return [];
  return [
    `Factors below ${Number((2 ** narrowest).toPrecision(3))} are narrower than every calibrated network; their accuracy is extrapolated.`,
  ];
}
