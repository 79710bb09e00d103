import { LIKELY, SURE } from '#common/prediction/chances.ts';
import type { JointDice } from '#common/prediction/prediction.ts';
import type { Prediction } from '#common/prediction/prediction.ts';
import { clipToUnit } from '#common/statistics/clipToUnit.ts';
import { at, valueAt } from './algebra/linearAlgebra.ts';
import { fitCurveModel } from './curves/curveModel.ts';
import type { DatasetCurve } from './curves/datasetCurve.ts';
import { EXPLANATIONS, featuresNeeded, type Explanation } from './curves/explanation.ts';
import { predictCurve, type Probe } from './curves/predictCurve.ts';
import { retainedAccuracy } from './curves/retainedAccuracy.ts';
import { sharedFeatures, type Features } from './points/measureScale.ts';
import { outsideWidths, predictionWarnings } from './predictionWarnings.ts';
import { borrowedCurves, type Lender } from './points/borrowedCurves.ts';
import { comparableCurves } from './points/comparableCurves.ts';
import { intervalReach } from './validation/intervalReach.ts';
import { outsideCalibration } from './validation/outsideCalibration.ts';
import { validatePredictor } from './validation/validatePredictor.ts';

/** Predicted retained accuracy Dice(alpha) / Dice(1) of one size, 0 or more; `high` may exceed 1. */
export interface RetainedPoint {
  readonly alpha: number;
  readonly retained: number;
  /** What is exceeded with a chance of 67 %, and of 85 %. */
  readonly likely: number;
  readonly sure: number;
  /** Ends of the interval that holds nine in ten measured shares. */
  readonly low: number;
  readonly high: number;
}

/** A prediction with retained accuracy beside absolute Dice. */
export interface AccuracyPrediction extends Prediction {
  /** One per point, in the same order. */
  readonly retained: readonly RetainedPoint[];
  /** All asked sizes together, the base network included. */
  readonly joint: JointDice;
}

export interface CurvesQuestion {
  /** At least one. */
  readonly curves: readonly DatasetCurve[];
  /** Another network, trained on further datasets. */
  readonly lender?: Lender | undefined;
  /** Runs that were averaged into the curves, for the record. */
  readonly runs: number;
  readonly features: Features;
  readonly probes: readonly Probe[];
  /** First-level width of the base network. */
  readonly width: number;
  readonly alphas: readonly number[];
  readonly parametersOf: (alpha: number) => number;
  readonly signal?: AbortSignal | undefined;
}

/**
 * Predicts every asked size with the explanation that leave-one-dataset-out selects, among those whose features are known of the target and
 * of the calibrated datasets.
 *
 * @throws CancelledError when the signal is aborted
 */
export async function predictFromCurves(question: CurvesQuestion): Promise<AccuracyPrediction> {
  const { features, probes, width, alphas, parametersOf, runs, signal } = question;
  const { curves, leftOut } = comparableCurves(question.curves, features);
  // What stands in must not take a measure away by which the own curves can be compared.
  const shared = sharedFeatures([features, ...curves.map((curve) => curve.features)]);
  const lent = (question.lender?.curves ?? []).filter((curve) =>
    shared.every((feature) => curve.features[feature] !== undefined),
  );
  const borrowed = borrowedCurves(curves, lent);
  const all = [...curves, ...borrowed];
  const explanations = EXPLANATIONS.filter((explanation) =>
    known(explanation, [features, ...all.map((one) => one.features)]),
  );
  const probed = probes.map((probe) => probe.width);
  const reference = width;
  const validated = await validatePredictor(curves, explanations, {
    reference,
    probed,
    lent,
    runs,
    signal,
  });
  const { explanation, error } = validated;
  const model = fitCurveModel(all, explanation);
  const sizes = [...alphas, 1].map((alpha) => alpha * width);
  const joint = predictCurve(model, features, sizes, probes);
  const beyond = outsideWidths(all);
  const { warnings, widening } = outsideCalibration(
    all.map((curve) => curve.features),
    features,
    featuresNeeded(explanation),
  );
  const explained = explanation.level.length;
  const reach = widening * intervalReach(validated.surprises, curves.length, explained);
  const retainedReach = widening * intervalReach(validated.retainedSurprises, curves.length, explained);
  return {
    points: alphas.map((alpha, i) => {
      const mean = valueAt(joint.mean, i);
      const variance = at(joint.covariance, i, i);
      const deviation = Math.sqrt(variance);
      const measured = Math.sqrt(variance + joint.runVariance);
      return {
        alpha,
        parameters: parametersOf(alpha),
        predicted: clipToUnit(mean),
        likely: clipToUnit(mean - LIKELY * deviation),
        sure: clipToUnit(mean - SURE * deviation),
        low: clipToUnit(mean - reach * measured),
        high: clipToUnit(mean + reach * measured),
        ...(beyond(alpha * width) && { extrapolated: true }),
      };
    }),
    retained: alphas.map((alpha, i) => {
      const { retained, deviation, measuredDeviation } = retainedAccuracy(
        joint,
        alpha === 1 ? alphas.length : i,
        alphas.length,
      );
      return {
        alpha,
        retained,
        likely: Math.max(0, retained - LIKELY * deviation),
        sure: Math.max(0, retained - SURE * deviation),
        low: Math.max(0, retained - retainedReach * measuredDeviation),
        high: retained + retainedReach * measuredDeviation,
      };
    }),
    joint: {
      alphas: unique([...alphas, 1]),
      mean: unique([...alphas, 1]).map((alpha) => valueAt(joint.mean, sizes.indexOf(alpha * width))),
      covariance: unique([...alphas, 1]).map((a) =>
        unique([...alphas, 1]).map((b) =>
          at(joint.covariance, sizes.indexOf(a * width), sizes.indexOf(b * width)),
        ),
      ),
      probeVariance: joint.probeVariance,
    },
    error: {
      ...error,
      ...(explained > 0 && {
        alike: joint.alike.map(({ curve, likeness }) => ({ name: curve.name, likeness })),
      }),
    },
    warnings: [
      ...predictionWarnings({
        ...{ curves: all, leftOut, explanation, probes: probes.length, width, alphas },
        borrowed: borrowed.length,
        lender: question.lender?.network ?? null,
      }),
      ...warnings,
    ],
  };
}

const unique = (values: readonly number[]): number[] => [...new Set(values)];

function known(explanation: Explanation, all: readonly Features[]): boolean {
  const shared = sharedFeatures(all);
  return featuresNeeded(explanation).every((feature) => shared.includes(feature));
}
