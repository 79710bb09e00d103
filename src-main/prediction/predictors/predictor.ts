import type { CalibrationPoint } from '../points/calibrationPoints.ts';
import type { Features } from '../points/measureScale.ts';
import type { NetworkSize } from '../points/sizeAxis.ts';

/** A way to predict accuracy on an unseen dataset from calibration points. */
export interface Predictor {
  readonly name: string;
  /**
   * @param points at least one; all have the same features, and predictions are asked with those features
   */
  fit(points: readonly CalibrationPoint[]): FittedPredictor;
}

export interface FittedPredictor {
  /**
   * Expected test Dice of an unseen dataset at each size. Neither clipped nor smoothed; how sure it is follows from the
   * leave-one-dataset-out residuals (residualModel.ts), for all predictors alike.
   */
  predict(features: Features, sizes: readonly NetworkSize[]): number[];
}
