import { MEASURE_WORDS } from '#common/dataset/measureWords.ts';
import { MEASURES, type Complexity, type Measure } from '#common/dataset/complexity.ts';

/**
 * What a predictor may look at: the mean measures of complexity, the number of training images, linear segmentability, thinness, the length
 * of outline per foreground pixel (boundary density over blob density), and rarity (below).
 */
export const FEATURES = [...MEASURES, 'trainingImages', 'segmentability', 'thinness', 'rarity'] as const;
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
  segmentability: null,
  thinness: 1e-3,
  rarity: null,
};

const DATASET_WORDS = {
  trainingImages: 'number of training images',
  segmentability: 'linear segmentability',
  thinness: 'outline per marked pixel',
  rarity: 'rarity of marked pixels',
} as const;

/** The feature's name in the literature, as it stands in warnings. */
export function featureWords(feature: Feature): string {
  return feature in DATASET_WORDS
    ? DATASET_WORDS[feature as keyof typeof DATASET_WORDS]
    : MEASURE_WORDS[feature as Measure].technical;
}

/** A feature's value on the scale on which differences between datasets are compared. */
export function onScale(feature: Feature, value: number): number {
  const floor = RATIO_FLOOR[feature];
  return floor === null ? value : Math.log2(Math.max(value, floor));
}

/** What is known of a dataset. */
export interface DatasetMeasures {
  readonly mean: Partial<Complexity>;
  readonly trainingImages?: number | undefined;
  readonly segmentability?: number | null | undefined;
}

/** Collects a dataset's known, finite features. */
export function featuresOf({ mean, trainingImages, segmentability }: DatasetMeasures): Features {
  const { boundaryDensity, blobDensity } = mean;
  const thinness =
    boundaryDensity === undefined || blobDensity === undefined ? undefined : boundaryDensity / blobDensity;
  const values: Partial<Record<Feature, number | null | undefined>> = {
    ...mean,
    trainingImages,
    segmentability,
    thinness,
    rarity: rarityOf(blobDensity, segmentability),
  };
  return Object.fromEntries(
    FEATURES.flatMap((feature) => {
      const value = values[feature];
      return typeof value === 'number' && Number.isFinite(value) ? [[feature, value]] : [];
    }),
  );
}

/**
 * How rare marked pixels are, in octaves of their share, times 4 S (1 - S), S being linear segmentability. Where objects are rare the Dice of a rule of pixels
 * falls more than that of a network; a share between 0 and 1 moves by such a thing in proportion to the slope of the logistic function there.
 */
function rarityOf(
  blobDensity: number | undefined,
  segmentability: number | null | undefined,
): number | undefined {
  if (blobDensity === undefined || typeof segmentability !== 'number') return undefined;
  return -onScale('blobDensity', blobDensity) * 4 * segmentability * (1 - segmentability);
}

/** The features that every one of `all` has, in their fixed order. */
export function sharedFeatures(all: readonly Features[]): Feature[] {
  return FEATURES.filter((feature) => all.every((features) => features[feature] !== undefined));
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
