import type { DatasetCurve, Estimate } from './curveDecomposition.ts';
import {
  at,
  cholesky,
  choleskySolve,
  dot,
  logNormalDensity,
  matrix,
  valueAt,
  type Matrix,
} from '../algebra/linearAlgebra.ts';
import { sharedFeatures, type Feature, type Features } from '../points/measureScale.ts';
import { standardise, type StandardFeature } from '../algebra/standardise.ts';

/** Similarity of two datasets in one standardised feature; on average over the datasets k(a, a) is near 1. */
export type Kernel = (a: number, b: number) => number;

/** Some features, the kernel that compares datasets by them, and the similarities of the calibrated datasets. */
interface Comparison {
  readonly similarity: (a: Features, b: Features) => number;
  readonly among: Matrix;
  readonly prior: number;
}

/** One explanation fitted: what it believes of an unseen dataset, and how well it explains the calibrated ones. */
interface Explanation {
  readonly logEvidence: number;
  readonly expect: (features: Features) => number;
}

/** The two published measures count for more than those that the literature only suggests. */
const PRIOR_WEIGHT: Readonly<Partial<Record<Feature, number>>> = { jpeg: 2, blobDensity: 2 };
/** Shares of the variance between datasets that the features may explain. */
const SHARES = [0.3, 0.75];
/** Multiples of the observed scale that are tried. */
const SCALE_STEPS = [0.6, 1, 1.6];

/**
 * Bayesian model averaging: every feature alone, the published pair together, and "nothing" each explain one number per
 * dataset by a Gaussian process, and their predictions are averaged with weights prior x marginal likelihood. With few
 * datasets "nothing" keeps much of the weight, which is how the prediction shrinks towards the mean curve; no measure is
 * ever selected outright.
 *
 * @param typicalScale standard deviation of the number between datasets to assume when these cannot tell
 * @param priorOfNothing belief, before any data, that complexity says nothing about the number, in (0, 1)
 * @param kernels similarities to try, each with the same prior weight
 * @returns the expected number of an unseen dataset; 0 is the mean over datasets
 */
export function fitKernelRegression(
  curves: readonly DatasetCurve[],
  pick: (curve: DatasetCurve) => Estimate,
  typicalScale: number,
  priorOfNothing: number,
  kernels: readonly Kernel[],
): (features: Features) => number {
  const estimates = curves.map(pick);
  const known = curves.map((curve) => curve.features);
  const observed = scaleOf(estimates, typicalScale);
  const compared = comparisons(known, kernels, 1 - priorOfNothing);
  const explanations = SCALE_STEPS.flatMap((step) => {
    const variance = (step * observed) ** 2;
    return [
      { logEvidence: Math.log(priorOfNothing) + evidenceOfNothing(estimates, variance), expect: () => 0 },
      ...compared.flatMap((comparison) =>
        SHARES.map((share) => explain(known, estimates, comparison, variance, share)),
      ),
    ];
  });
  const best = Math.max(...explanations.map(({ logEvidence }) => logEvidence));
  const beliefs = explanations.map(({ logEvidence }) => Math.exp(logEvidence - best));
  const total = beliefs.reduce((sum, belief) => sum + belief, 0);
  return (features) =>
    explanations.reduce((sum, { expect }, i) => sum + (valueAt(beliefs, i) / total) * expect(features), 0);
}

function explain(
  known: readonly Features[],
  estimates: readonly Estimate[],
  { similarity, among, prior }: Comparison,
  variance: number,
  share: number,
): Explanation {
  const values = estimates.map((estimate) => estimate.value);
  const own = estimates.map((estimate) => variance * (1 - share) + estimate.variance);
  const factor = cholesky(
    matrix(
      values.length,
      values.length,
      (i, j) => variance * share * at(among, i, j) + (i === j ? valueAt(own, i) : 0),
    ),
  );
  const weights = choleskySolve(factor, values);
  return {
    logEvidence: Math.log(prior / SHARES.length) + logNormalDensity(factor, values),
    expect: (features) =>
      variance *
      share *
      dot(
        weights,
        known.map((other) => similarity(other, features)),
      ),
  };
}

/** log likelihood of numbers that are each dataset's own. */
function evidenceOfNothing(estimates: readonly Estimate[], between: number): number {
  return estimates.reduce((sum, { value, variance }) => {
    const total = between + variance;
    return sum - 0.5 * (value ** 2 / total + Math.log(2 * Math.PI * total));
  }, 0);
}

/** Every feature alone and the published pair, with each kernel; their priors sum to `prior`. */
function comparisons(known: readonly Features[], kernels: readonly Kernel[], prior: number): Comparison[] {
  const single = standardise(known, sharedFeatures(known));
  const pair = single.filter(({ feature }) => feature === 'jpeg' || feature === 'blobDensity');
  const sets = [...single.map((feature) => [feature]), ...(pair.length === 2 ? [pair] : [])];
  const weights = sets.map((set) => Math.max(...set.map(({ feature }) => PRIOR_WEIGHT[feature] ?? 1)));
  const total = kernels.length * weights.reduce((sum, weight) => sum + weight, 0);
  return sets.flatMap((set, index) =>
    kernels.map((kernel) => ({
      similarity: (a, b) => meanSimilarity(set, kernel, a, b),
      among: matrix(known.length, known.length, (i, j) =>
        meanSimilarity(set, kernel, known[i] ?? {}, known[j] ?? {}),
      ),
      prior: (prior * valueAt(weights, index)) / total,
    })),
  );
}

function meanSimilarity(set: readonly StandardFeature[], kernel: Kernel, a: Features, b: Features): number {
  return set.reduce((sum, feature) => sum + kernel(feature.of(a), feature.of(b)), 0) / set.length;
}

/** Root mean square of the numbers beyond their errors, held by two pseudo-datasets at the typical scale. */
function scaleOf(estimates: readonly Estimate[], typicalScale: number): number {
  // A dataset whose number is unknown (a single size has no tilt) says nothing of the scale.
  const informative = estimates.filter(({ variance }) => variance < 1);
  const excess = informative.reduce((sum, { value, variance }) => sum + value ** 2 - variance, 0);
  const square = (Math.max(0, excess) + 2 * typicalScale ** 2) / (informative.length + 2);
  return Math.sqrt(Math.max(0.1 * typicalScale ** 2, square));
}
