import { z } from 'zod';

/**
 * Measures of image complexity, each a number per image; formulas and sources stand in `complexity/`. What only a dataset has
 * is a field of DatasetComplexity.
 */
export const MEASURES = [
  'jpeg',
  'blobDensity',
  'medianFrequency',
  'entropy',
  'delentropy',
  'edgeDensity',
  'glcmContrast',
  'glcmHomogeneity',
  'boundaryDensity',
  'objectCount',
  'objectSizeSpread',
  'intensitySeparability',
  'textureSeparability',
] as const;
export type Measure = (typeof MEASURES)[number];

/**
 * What values of a measure can be at all (docs/complexity.md), a little wider where a bound is a limit that rounding may pass. The JPEG of
 * a constant image has 6 bits a block of 64 pixels, that of noise some bytes a pixel; objects are counted on at most 4096 x 65,536 pixels.
 */
const RANGES: Readonly<Record<Measure, readonly [least: number, most: number]>> = {
  jpeg: [0.01, 4],
  blobDensity: [0, 1],
  medianFrequency: [0, 1.5],
  entropy: [0, 8.001],
  delentropy: [0, 9.001],
  edgeDensity: [0, 1],
  glcmContrast: [0, 961.001],
  glcmHomogeneity: [0, 1.001],
  boundaryDensity: [0, 1],
  objectCount: [0, 1e8],
  objectSizeSpread: [0, 1e4],
  intensitySeparability: [0, 1.001],
  textureSeparability: [0, 1.001],
};

const inRange = (measure: Measure): z.ZodNumber => {
  const [least, most] = RANGES[measure];
  return z.number().min(least).max(most);
};

/** Values of all measures for one image. */
export const complexitySchema = z.object(
  Object.fromEntries(MEASURES.map((measure) => [measure, inRange(measure)])) as Record<Measure, z.ZodNumber>,
);
export type Complexity = Record<Measure, number>;

/** The complexity of a dataset, of its training images alone. */
export const datasetComplexitySchema = z.object({
  /** Identifier of the recipe that made the values; values of different recipes are never mixed. */
  recipe: z.string(),
  /** Mean of every measure of an image. */
  mean: complexitySchema,
  /** Linear segmentability (common/dataset/segmentability), which only several images together have; null where it is unknown. */
  segmentability: z.number().min(0).max(1).nullable(),
  trainingImages: z.number().int().positive().max(1e9),
});
export type DatasetComplexity = z.infer<typeof datasetComplexitySchema>;
