import { dot, matrix, valueAt, type Matrix } from '../algebra/linearAlgebra.ts';
import { designOf, type Design } from './design.ts';
import { believedVariances, type CurveForm } from './curveTerms.ts';
import { placesAmong, type Place } from '../points/likeness.ts';
import type { Features } from '../points/measureScale.ts';
import type { DatasetCurve } from './datasetCurve.ts';
import { dispersionAt, fitExponent, standingOf } from './dispersion.ts';
import { expectedCurves, patternsOf } from './expectedCurves.ts';
import { featuresNeeded, type Explanation } from './explanation.ts';
import { levelScale } from './levelScale.ts';
import { probeBias, probeVariance, runVariance } from './runVariance.ts';

/**
 * A hierarchical model of accuracy curves. The curve of dataset d with features x is
 *
 *   dice(w) = sum over terms k of phi_k(w) (B_k x + v_k) + wiggle(w) + error
 *
 * with v ~ N(0, s² O) what the features do not explain of this dataset, wiggle ~ N(0, s² tau²) what the form of the curve does not, and the error
 * that of runs (seed, fold, few test images); s is the levelScale of what the features let expect times the dataset's dispersion, so every variance
 * below is that at s = 1. B has a ridge prior, O, tau² and the exponent of the dispersion weak priors, so that three datasets give a wide interval
 * rather than a wrong one. Datasets are fitted as if each were drawn for itself; that those alike have a similar v is used in predictCurve. Fitted by expectation-maximisation (Laird & Ware, Biometrics 38, 1982).
 */
export interface CurveModel {
  readonly form: CurveForm;
  /** One per term. */
  readonly designs: readonly Design[];
  /** One per term: weights of its design. */
  readonly coefficients: readonly (readonly number[])[];
  /** Covariance of what features do not explain, terms x terms, at s = 1 like all variances here. */
  readonly unexplained: Matrix;
  readonly wiggle: number;
  /** Variance of one run's test Dice. */
  readonly runVariance: number;
  /** By how much a probe's validation Dice exceeds on average what a test shows, and the variance of one around that. */
  readonly probeBias: number;
  readonly probeVariance: number;
  readonly datasets: number;
  /** A dataset's place among the others in the feature that tells how far datasets stray, and what it does (dispersion.ts). */
  readonly standing: (features: Features) => number;
  readonly exponent: number;
  /** The curves of the fit with their places (likeness.ts): those of datasets like the target tell more of it; none where no image is looked at. */
  readonly placed: readonly PlacedCurve[];
  readonly placeOf: (features: Features) => Place | null;
}

export interface PlacedCurve {
  readonly curve: DatasetCurve;
  readonly place: Place;
}

/** Datasets' worth of belief in the variances, and measurements' worth in the wiggle. */
const BELIEF = 3;
const BELIEVED_WIGGLE = { variance: 0.03 ** 2, measurements: 2 };
const ITERATIONS = 40;
/** From the model of nearly the same datasets. */
const WARM_ITERATIONS = 12;

/**
 * @param curves at least one; all have the features of the explanation
 * @param start model of nearly the same curves with the same explanation, from which fewer iterations suffice
 */
export function fitCurveModel(
  curves: readonly DatasetCurve[],
  explanation: Explanation,
  start?: CurveModel,
): CurveModel {
  const { form } = explanation;
  const believed = believedVariances(form);
  const terms = believed.length;
  const level = designOf(curves, explanation.level);
  const drop = designOf(curves, explanation.drop);
  const designs = believed.map((_, term) => (term === 0 ? level : drop));
  const patterns = patternsOf(curves, form);
  const measurements = curves.reduce((sum, { sizes }) => sum + sizes.length, 0);

  const standing = standingOf(curves, explanation.dispersion);
  const standings = curves.map(({ features }) => standing(features));
  const dispersionsAt = (at: number): number[] => standings.map((one) => dispersionAt(at, one));

  let coefficients = start?.coefficients ?? startingCoefficients(curves, designs);
  let unexplained = start?.unexplained ?? diagonal(believed);
  let wiggle = start?.wiggle ?? BELIEVED_WIGGLE.variance;
  let exponent = start?.exponent ?? 0;
  for (let iteration = start ? WARM_ITERATIONS : ITERATIONS; iteration > 0; iteration--) {
    const dispersions = dispersionsAt(exponent);
    const noise = runVariance(curves, dispersions);
    const parameters = { coefficients, unexplained, wiggle, noise, dispersions };
    const step = expectedCurves(patterns, curves.length, designs, parameters);
    coefficients = designs.map((design, k) => design.solve(every(step.expected, terms, k)));
    const errors = step.expected.slice();
    for (let index = 0; index < curves.length; index++) {
      const usual = levelScale(dot(level.row(index), coefficients[0] ?? []));
      const scale = usual * valueAt(dispersions, index);
      designs.forEach(
        (design, k) =>
          (errors[index * terms + k] =
            (valueAt(errors, index * terms + k) - dot(design.row(index), coefficients[k] ?? [])) / scale),
      );
    }
    unexplained = matrix(terms, terms, (j, k) => {
      let sum = valueAt(step.uncertainty, j * terms + k) + (j === k ? BELIEF * valueAt(believed, j) : 0);
      for (let i = 0; i < errors.length; i += terms) sum += valueAt(errors, i + j) * valueAt(errors, i + k);
      return sum / (curves.length + BELIEF);
    });
    const believedWiggle = BELIEVED_WIGGLE.measurements * BELIEVED_WIGGLE.variance;
    wiggle = (step.wiggles + believedWiggle) / (measurements + BELIEVED_WIGGLE.measurements);
    exponent = fitExponent(
      curves.map(({ sizes }, index) => ({
        standing: valueAt(standings, index),
        squares: valueAt(step.squares, index),
        freedom: sizes.length,
      })),
      exponent,
    );
  }
  const dispersions = dispersionsAt(exponent);
  const noise = runVariance(curves, dispersions);
  const bias = probeBias(curves, dispersions);
  const placeOf = placesAmong(curves.map(({ features }) => features));
  const looked = featuresNeeded(explanation).length > 0 ? curves : [];
  return {
    ...{ form, designs, coefficients, unexplained, wiggle },
    ...{ runVariance: noise, probeBias: bias },
    probeVariance: probeVariance(curves, dispersions, noise, bias),
    ...{ datasets: curves.length, standing, exponent, placeOf },
    placed: looked.flatMap((curve) => {
      const place = placeOf(curve.features);
      return place ? [{ curve, place }] : [];
    }),
  };
}

/** All curves flat at the mean accuracy. */
function startingCoefficients(curves: readonly DatasetCurve[], designs: readonly Design[]): number[][] {
  const all = curves.flatMap(({ sizes }) => sizes.map(({ dice }) => dice));
  const mean = all.reduce((sum, dice) => sum + dice, 0) / all.length;
  return designs.map(({ length }, term) =>
    Array.from({ length }, (_, i) => (term === 0 && i === 0 ? mean : 0)),
  );
}

function diagonal(values: readonly number[]): Matrix {
  return matrix(values.length, values.length, (i, j) => (i === j ? valueAt(values, i) : 0));
}

/** Every `step`-th value from `offset` on. */
function every(values: Float64Array, step: number, offset: number): number[] {
  return Array.from({ length: values.length / step }, (_, i) => valueAt(values, i * step + offset));
}
