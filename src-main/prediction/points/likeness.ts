import { valueAt } from '../algebra/linearAlgebra.ts';
import { scaledFeature, sharedFeatures, type Feature, type Features } from './measureScale.ts';

/**
 * Standard deviation of every measure, on its scale, over the 38 datasets of the starter library. How alike two datasets are thus does not hang on
 * which others are known. How many images there are says nothing of how they look, and rarity is made of
 * two others.
 */
const SPREAD: Readonly<Record<Exclude<Feature, 'trainingImages' | 'rarity'>, number>> = {
  jpeg: 0.8,
  blobDensity: 1.84,
  medianFrequency: 0.089,
  entropy: 1.42,
  delentropy: 1.43,
  edgeDensity: 1.73,
  glcmContrast: 1.77,
  glcmHomogeneity: 0.18,
  boundaryDensity: 1.82,
  objectCount: 2.48,
  objectSizeSpread: 2.16,
  intensitySeparability: 0.252,
  textureSeparability: 0.204,
  segmentability: 0.245,
  thinness: 1.76,
};

type Compared = keyof typeof SPREAD;

/** With fewer measures in common, datasets that have nothing to do with each other would seem alike. */
const FEWEST_MEASURES = 12;
/** Distance, in spreads per measure, over which likeness falls by a factor of exp(-1/2): docs/prediction.md, "How datasets are weighed". */
const REACH = 0.25;
/** Likeness of datasets of equal measures: another day and other hands leave their mark. */
const MOST = 0.9;

/** A dataset's place among all that could be, in spreads. */
export type Place = readonly number[];

/**
 * @param all datasets of a fit
 * @returns the place of any dataset; null where it lacks a measure that the others have, or where they have too few in common
 */
export function placesAmong(all: readonly Features[]): (features: Features) => Place | null {
  const compared = sharedFeatures(all).filter((feature): feature is Compared => feature in SPREAD);
  return (features) =>
    compared.length < FEWEST_MEASURES || compared.some((feature) => features[feature] === undefined)
      ? null
      : compared.map((feature) => scaledFeature(features, feature) / SPREAD[feature]);
}

/** Of two places from the same `placesAmong`, in spreads per measure. */
export function distance(a: Place, b: Place): number {
  return Math.sqrt(squaresOf(a, b, Infinity) / a.length);
}

/** The squared differences, added up until they exceed `most`: in large libraries nearly all datasets are told apart by the first few measures. */
function squaresOf(a: Place, b: Place, most: number): number {
  let sum = 0;
  for (let i = 0; i < a.length && sum <= most; i++) sum += (valueAt(a, i) - valueAt(b, i)) ** 2;
  return sum;
}

/** Whether two datasets are at least so alike. */
export function areAlike(a: Place, b: Place, least: number): boolean {
  const farthest = -2 * REACH ** 2 * Math.log(least / MOST) * a.length;
  return squaresOf(a, b, farthest) <= farthest;
}

/**
 * How alike two datasets are by all their measures: the correlation of what the model cannot explain of their accuracy. Falls with their distance like a
 * normal density (a Gaussian process's squared-exponential covariance).
 * @returns 0 to 0.9
 */
export function likeness(a: Place, b: Place): number {
  return MOST * Math.exp(-((distance(a, b) / REACH) ** 2) / 2);
}
