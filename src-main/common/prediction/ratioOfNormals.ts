/** Least Dice that a reference network is taken to have, so that the ratio stays defined. */
const LEAST_REFERENCE = 0.05;

/** Two correlated normal quantities. */
export interface NormalPair {
  readonly mean: number;
  readonly variance: number;
  readonly reference: number;
  readonly referenceVariance: number;
  readonly covariance: number;
}

/**
 * mean / reference by the delta method: with R the ratio of the means, its variance is
 * (V(mean) - 2 R C(mean, reference) + R² V(reference)) / reference².
 * @returns the ratio, 0 or more, its standard deviation, and the reference that it was divided by
 */
export function ratioOfNormals({ mean, variance, reference, referenceVariance, covariance }: NormalPair): {
  readonly ratio: number;
  readonly deviation: number;
  readonly reference: number;
} {
  const base = Math.max(LEAST_REFERENCE, reference);
  const ratio = Math.max(0, mean / base);
  const spread = variance - 2 * ratio * covariance + ratio ** 2 * referenceVariance;
  return { ratio, deviation: Math.sqrt(Math.max(0, spread)) / base, reference: base };
}
