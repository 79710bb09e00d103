import { MEASURES, type Complexity } from '#common/dataset/complexity.ts';

/** What a predictor may look at: the measures of complexity and the number of training images. */
export const FEATURES = [...MEASURES, 'trainingImages'] as const;
export type Feature = (typeof FEATURES)[number];

/** Values of those features that are known; absent ones are never guessed. */
export type Features = Readonly<Partial<Record<Feature, number>>>;

interface Scale {
  /** The measure's name in plain words, as it stands in warnings. */
  readonly words: string;
  /** Smallest value told apart from 0 where the measure is compared by ratio; null where by difference. */
  readonly floor: number | null;
}

/**
 * Shares and counts that span decades are compared by ratio: half the foreground is as far from 0.1 as from 0.4.
 * Measures that live in a narrow band (bits per pixel, separability) are compared by difference.
 */
const SCALES: Readonly<Record<Feature, Scale>> = {
  jpeg: { words: 'JPEG complexity', floor: 1e-3 },
  blobDensity: { words: 'blob density', floor: 1e-3 },
  medianFrequency: { words: 'median spatial frequency', floor: null },
  entropy: { words: 'entropy', floor: null },
  delentropy: { words: 'delentropy', floor: null },
  edgeDensity: { words: 'edge density', floor: 1e-3 },
  glcmContrast: { words: 'texture contrast', floor: 1e-4 },
  glcmHomogeneity: { words: 'texture homogeneity', floor: null },
  boundaryDensity: { words: 'boundary density', floor: 1e-4 },
  objectCount: { words: 'object count', floor: 1 },
  objectSizeSpread: { words: 'spread of object sizes', floor: null },
  intensitySeparability: { words: 'separability by intensity', floor: null },
  textureSeparability: { words: 'separability by texture', floor: null },
  trainingImages: { words: 'number of training images', floor: 1 },
};

/** The feature's name in plain words. */
export function featureWords(feature: Feature): string {
  return SCALES[feature].words;
}

/** A feature's value on the scale on which differences between datasets are compared. */
export function onScale(feature: Feature, value: number): number {
  const { floor } = SCALES[feature];
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
