import { cholesky, forwardSolve, dot, matrix, valueAt } from '../algebra/linearAlgebra.ts';
import {
  featureWords,
  scaledFeature,
  sharedFeatures,
  type Feature,
  type Features,
} from '../points/measureScale.ts';
import { standardise, type StandardFeature } from '../algebra/standardise.ts';

/** How a dataset lies to the calibrated ones. */
export interface Novelty {
  /** Plain-words warnings; empty when it lies among them. */
  readonly warnings: readonly string[];
  /** Factor of at least 1, at most 2, by which intervals are widened. */
  readonly widening: number;
}

/** Part of the calibrated range by which a value may leave it before that is worth a warning. */
const TOLERANCE = 0.1;
/** Calibrated datasets beyond which leaving one out of them changes their mean and covariance by nothing worth the time. */
const MANY = 300;
/** Measures named in one warning. */
const MOST_NAMED = 3;

/**
 * Compares a dataset with the calibrated ones, measure by measure, and all together in those that the prediction rests on. Needs three
 * calibrated datasets; with fewer there is no range to speak of.
 *
 * @param calibrated features of each calibrated dataset, once each
 * @param used features that the prediction rests on; all that are known where it rests on none
 */
export function outsideCalibration(
  calibrated: readonly Features[],
  target: Features,
  used: readonly Feature[] = [],
): Novelty {
  if (calibrated.length < 3) return { warnings: [], widening: 1 };
  const shared = sharedFeatures([...calibrated, target]);
  const outliers = shared
    // What it is made of is named itself.
    .filter((feature) => feature !== 'rarity')
    .map((feature) => ({ feature, excess: excessOf(calibrated, target, feature) }))
    .filter(({ excess }) => excess > TOLERANCE)
    .sort((a, b) => b.excess - a.excess);
  const remoteness = remotenessOf(calibrated, target, used.length > 0 ? used : shared);
  const warnings: string[] = [];
  if (outliers.length > 0) {
    const named = outliers.slice(0, MOST_NAMED).map(({ feature }) => describe(calibrated, target, feature));
    const more = outliers.length - named.length;
    warnings.push(
      `This dataset lies outside what was calibrated: its ${named.join('; its ')}${more > 0 ? `; and ${more} more` : ''}.`,
    );
  }
  if (remoteness > 1) {
    warnings.push(
      `Taken together, its measures are ${format(remoteness)} times as far from the calibrated datasets as any of these is from the others.`,
    );
  }
  return { warnings, widening: Math.min(2, Math.max(1, remoteness)) };
}

/** By which part of the calibrated range the value leaves it, on the measure's own scale; 0 inside. */
function excessOf(calibrated: readonly Features[], target: Features, feature: Feature): number {
  const values = calibrated.map((features) => scaledFeature(features, feature));
  const [low, high] = [Math.min(...values), Math.max(...values)];
  const value = scaledFeature(target, feature);
  const beyond = Math.max(low - value, value - high, 0);
  return beyond / Math.max(high - low, 1e-6);
}

/**
 * Distance of the target over the greatest leave-one-out distance within the calibrated datasets. With more measures than
 * datasets a covariance cannot be estimated, so it is shrunk towards independence, the more the fewer datasets there are.
 */
function remotenessOf(calibrated: readonly Features[], target: Features, shared: readonly Feature[]): number {
  const ofAll = distanceTo(calibrated, shared);
  const within = calibrated.map((own) =>
    calibrated.length > MANY
      ? ofAll(own)
      : distanceTo(
          calibrated.filter((other) => other !== own),
          shared,
        )(own),
  );
  const greatest = within.reduce((most, one) => Math.max(most, one), 0);
  return greatest > 0 ? ofAll(target) / greatest : 1;
}

/** Mahalanobis distance from the mean of `datasets`, per square root of the number of measures. */
function distanceTo(datasets: readonly Features[], shared: readonly Feature[]): (target: Features) => number {
  const standard = standardise(datasets, shared);
  if (standard.length === 0) return () => 0;
  const rows = datasets.map((features) => standard.map((feature) => feature.of(features)));
  const shrinkage = standard.length / (standard.length + datasets.length);
  const covariance = matrix(standard.length, standard.length, (i, j) => {
    const sum = rows.reduce((total, row) => total + valueAt(row, i) * valueAt(row, j), 0);
    return ((1 - shrinkage) * sum) / (rows.length - 1) + (i === j ? shrinkage : 0);
  });
  const factor = cholesky(covariance);
  return (target) => {
    const white = forwardSolve(factor, standardRow(standard, target));
    return Math.sqrt(dot(white, white) / standard.length);
  };
}

function standardRow(standard: readonly StandardFeature[], features: Features): number[] {
  return standard.map((feature) => feature.of(features));
}

function describe(calibrated: readonly Features[], target: Features, feature: Feature): string {
  const values = calibrated.map((features) => features[feature] ?? 0);
  const [low, high] = [Math.min(...values), Math.max(...values)];
  const value = target[feature] ?? 0;
  const side = value < low ? 'below' : 'above';
  return `${featureWords(feature)} ${format(value)} is ${side} everything calibrated (${format(low)} to ${format(high)})`;
}

function format(value: number): string {
  return String(Number(value.toPrecision(2)));
}
