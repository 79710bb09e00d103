import type { CalibrationPoint } from '../points/calibrationPoints.ts';
import { conditionOnProbes, type Probe } from './conditionOnProbes.ts';
import { decomposeCurves } from '../predictors/curveDecomposition.ts';
import { groupBy } from '../algebra/groupBy.ts';
import { isotonic } from '../algebra/isotonic.ts';
import { dot, valueAt, type Matrix } from '../algebra/linearAlgebra.ts';
import type { Features } from '../points/measureScale.ts';
import type { Predictor } from '../predictors/predictor.ts';
import { fitResidualModel, type ResidualCurve, type ResidualModel } from './residualModel.ts';
import { seedNoiseVariance } from '../points/seedNoise.ts';
import { interpolationWeights, type NetworkSize } from '../points/sizeAxis.ts';

/** Joint prediction of the Dice that one run would measure at each of the asked sizes. */
export interface JointDice {
  readonly mean: readonly number[];
  /** Between sizes, the asked ones first; the measurement error of one run is included on the diagonal. */
  readonly covariance: Matrix;
  /** Degrees of freedom for Student quantiles. */
  readonly freedom: number;
}

/** Predicts unseen datasets with one predictor fitted to one set of points. */
export interface DiceModel {
  /** Expected Dice only, without probes: needs no leave-one-out fits. */
  mean(features: Features, sizes: readonly NetworkSize[]): number[];
  /** Expected Dice with its covariance, updated by the probes. */
  joint(features: Features, sizes: readonly NetworkSize[], probes: readonly Probe[]): JointDice;
}

/**
 * Fits `predictor`; the error model is fitted to its leave-one-dataset-out residuals within `points`, when first needed.
 *
 * @param points at least one, all with the same features
 */
export function fitDiceModel(points: readonly CalibrationPoint[], predictor: Predictor): DiceModel {
  const fitted = predictor.fit(points);
  const { knots, shapeAt } = decomposeCurves(points);
  const knotSizes = knots.map((log2Alpha) => ({ log2Alpha, log2Parameters: meanSizeAt(points, log2Alpha) }));
  let model: ResidualModel | undefined;
  const residualModel = (): ResidualModel =>
    (model ??= fitResidualModel(
      leaveOneDatasetOutResiduals(points, predictor),
      shapeAt,
      seedNoiseVariance(points),
    ));

  return {
    mean(features, sizes) {
      const all = fitted.predict(features, [...sizes, ...knotSizes]);
      return narrowerIsNotBetter(all, sizes, knots);
    },
    joint(features, sizes, probes) {
      const model = residualModel();
      const asked = [...sizes, ...knotSizes];
      const prior = fitted.predict(features, [...asked, ...probes]);
      const surprises = probes.map(({ dice }, i) => dice - valueAt(prior, asked.length + i));
      const { gain, covariance } = conditionOnProbes(model, asked, probes);
      const mean = asked.map((_size, i) => valueAt(prior, i) + dot(gain[i] ?? [], surprises));
      return { mean: narrowerIsNotBetter(mean, sizes, knots), covariance, freedom: model.freedom };
    },
  };
}

/**
 * Residuals on every dataset of a fit to the others.
 *
 * @returns one curve per dataset, none when there is a single dataset
 */
export function leaveOneDatasetOutResiduals(
  points: readonly CalibrationPoint[],
  predictor: Predictor,
): ResidualCurve[] {
  const datasets = [...groupBy(points, (point) => point.dataset)];
  if (datasets.length < 2) return [];
  return datasets.map(([dataset, own]) => {
    const fitted = predictor.fit(points.filter((point) => point.dataset !== dataset));
    const predicted = fitted.predict(own[0].features, own);
    return {
      dataset,
      log2Alphas: own.map((point) => point.log2Alpha),
      residuals: own.map((point, i) => point.dice - valueAt(predicted, i)),
      seeds: own.map((point) => point.seeds),
    };
  });
}

/**
 * Makes the curve non-decreasing in size: that a narrower network came out better among the calibrated ones is noise or too
 * little data, and no reason to expect it of the next dataset. Sizes between calibrated ones follow the correction there.
 *
 * @param values at the asked sizes, then at the knots
 */
function narrowerIsNotBetter(
  values: readonly number[],
  sizes: readonly NetworkSize[],
  knots: readonly number[],
): number[] {
  const raw = values.slice(sizes.length, sizes.length + knots.length);
  const smooth = isotonic(raw);
  const correction = smooth.map((value, i) => value - valueAt(raw, i));
  return sizes.map(({ log2Alpha }, i) => {
    const inside = Math.min(valueAt(knots, knots.length - 1), Math.max(valueAt(knots, 0), log2Alpha));
    const value = valueAt(values, i) + dot(interpolationWeights(knots, inside), correction);
    const below = smooth.filter((_value, knot) => valueAt(knots, knot) <= log2Alpha).at(-1) ?? -Infinity;
    const above = smooth.find((_value, knot) => valueAt(knots, knot) >= log2Alpha) ?? Infinity;
    return Math.min(above, Math.max(below, value));
  });
}

function meanSizeAt(points: readonly CalibrationPoint[], log2Alpha: number): number {
  const here = points.filter((point) => Math.abs(point.log2Alpha - log2Alpha) < 1e-4);
  return here.reduce((sum, point) => sum + point.log2Parameters, 0) / here.length;
}
