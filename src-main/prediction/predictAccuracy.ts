import type { CalibrationRun } from '#common/calibration/calibrationRun.ts';
import type { DatasetComplexity } from '#common/dataset/complexity.ts';
import type { NetworkFamily } from '#common/network/network.ts';
import type { TrainingRecipe } from '#common/training/training.ts';
import { selectRuns } from '#common/calibration/selectRuns.ts';
import { calibrationPoints, type CalibrationSelection } from './points/calibrationPoints.ts';
import { explainRejection } from './explainRejection.ts';
import { featuresOf } from './points/measureScale.ts';
import { NotCalibratedError } from './NotCalibratedError.ts';
import { predictFromPoints, type AccuracyPrediction, type MeasuredProbe } from './predictFromPoints.ts';

export interface AccuracyQuestion {
  readonly runs: readonly CalibrationRun[];
  readonly family: NetworkFamily;
  /** Base width at factor 1. */
  readonly width: number;
  /** Where given, only runs trained in exactly this way are used. */
  readonly trainingRecipe?: TrainingRecipe;
  readonly target: {
    /** Mean measures over the training images, with their recipe. */
    readonly complexity: DatasetComplexity;
    /** The dataset's own runs are left out of the fit; give them as probes instead. */
    readonly fingerprint?: string;
    readonly probes?: readonly MeasuredProbe[];
  };
  /** Factors to predict, in (0, 1]. */
  readonly alphas: readonly number[];
  /** Trainable parameters of the base network at a uniform factor. */
  readonly parametersOf: (alpha: number) => number;
}

/**
 * Predicts the test Dice of every network size on a dataset from the stored runs of other datasets.
 *
 * @throws NotCalibratedError when no stored run fits the question
 */
export function predictAccuracy(question: AccuracyQuestion): AccuracyPrediction {
  const { runs, family, width, trainingRecipe, target, alphas, parametersOf } = question;
  const selection: CalibrationSelection = {
    family,
    width,
    complexityRecipe: target.complexity.recipe,
    parametersOf,
    ...(trainingRecipe === undefined ? {} : { trainingRecipe }),
    ...(target.fingerprint === undefined ? {} : { except: target.fingerprint }),
  };
  const points = calibrationPoints(runs, selection);
  if (points.length === 0) throw new NotCalibratedError(family, width, explainRejection(runs, selection));
  return predictFromPoints({
    points,
    runs: selectRuns(runs, selection).length,
    features: featuresOf(target.complexity.mean, target.complexity.trainingImages),
    probes: target.probes ?? [],
    alphas,
    parametersOf,
  });
}
