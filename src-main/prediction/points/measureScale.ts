import { MEASURE_WORDS } from '#common/dataset/measureWords.ts';
import { MEASURES, type Complexity } from '#common/dataset/complexity.ts';

/** What a predictor may look at: the measures of complexity and the number of training images. */
export const FEATURES = [...MEASURES, 'trainingImages'] as const;
export type Feature = (typeof FEATURES)[number];

/** Values of those features that are known; absent ones are never guessed. */
export type Features = Readonly<Partial<Record<Feature, number>>>;

/**
 * Smallest value told apart from 0 of the features that are compared by ratio: shares and counts span decades, and half the
 * foreground is as far from 0.1 as from 0.4. Measures that live in a narrow band (bits per pixel, separability) are compared by
 * difference: null.
 */
const RATIO_FLOOR: Readonly<Record<Feature, number | null>> = {
  jpeg: 1e-3,
  blobDensity: 1e-3,
  medianFrequency: null,
  entropy: null,
  delentropy: null,
  edgeDensity: 1e-3,
  glcmContrast: 1e-4,
  glcmHomogeneity: null,
  boundaryDensity: 1e-4,
  objectCount: 1,
  objectSizeSpread: null,
  intensitySeparability: null,
  textureSeparability: null,
  trainingImages: 1,
};

/** The feature's name in the literature, as it stands in warnings. */
export function featureWords(feature: Feature): string {
  return feature === 'trainingImages' ? 'number of training images' : MEASURE_WORDS[feature].technical;
}

/** A feature's value on the scale on which differences between datasets are compared. */
export function onScale(feature: Feature, value: number): number {
  const floor = RATIO_FLOOR[feature];
  return floor === null ? value : Math.log2(Math.max(value, floor));
}

/** Collects a dataset's known, finite features. */
export function featuresOf(complexity: Partial<Complexity>, trainingImages?: number): Features {
  const known: [Feature, number][] = [];
  for (const feature of FEATURES) {
    const value = feature === 'trainingImages' ? trainingImages : complexity[feature];
    if (value !== undefined && Number.isFinite(value)) known.push([feature, value]);
  }
  return Object.fromEntries(known);
}

/** The features that every one of `all` has, in their fixed order. */
export function sharedFeatures(all: readonly Features[]): Feature[] {
  return FEATURES.filter((feature) => all.every((features) => features[feature] !== undefined));
}

/** `features` without those that are not in `kept`. */
export function onlyFeatures(features: Features, kept: readonly Feature[]): Features {
  return Object.fromEntries(kept.map((feature) => [feature, features[feature]]));
}

/**
 * A feature's value on its scale.
 * @throws RangeError when it is not known: callers restrict to `sharedFeatures` first.
 */
export function scaledFeature(features: Features, feature: Feature): number {
  const value = features[feature];
  if (value === undefined) throw new RangeError(`The dataset has no ${featureWords(feature)}.`);
  return onScale(feature, value);
}
