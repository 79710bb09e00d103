import type { CalibrationPoint } from '../points/calibrationPoints.ts';
import { crossValidate } from './crossValidate.ts';
import type { Predictor } from '../predictors/predictor.ts';
import { PREDICTORS } from '../predictors/predictors.ts';

/** Leave-one-dataset-out error of one predictor, in Dice, at the sizes that were not probed. */
export interface ProbeBenefit {
  readonly predictor: string;
  readonly without: number;
  readonly with: number;
}

/**
 * What probes are worth: every dataset in turn is predicted by the others, once with and once without its own measurements at the
 * probed sizes, and both are scored at the remaining sizes.
 *
 * @param points of at least two datasets
 * @param log2Alphas probed sizes
 */
export function probeBenefit(
  points: readonly CalibrationPoint[],
  log2Alphas: readonly number[],
  predictors: readonly Predictor[] = PREDICTORS,
): ProbeBenefit[] {
  const without = crossValidate(points, predictors, { log2Alphas, used: false });
  const aided = crossValidate(points, predictors, { log2Alphas, used: true });
  return without.errors.map(({ predictor, mae }, i) => ({
    predictor,
    without: mae,
    with: aided.errors[i]?.mae ?? NaN,
  }));
}
