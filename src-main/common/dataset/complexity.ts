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

/** Values of all measures for one image. */
export const complexitySchema = z.record(z.enum(MEASURES), z.number());
export type Complexity = Record<Measure, number>;

/** The complexity of a dataset, of its training images alone. */
export const datasetComplexitySchema = z.object({
  /** Identifier of the recipe that made the values; values of different recipes are never mixed. */
  recipe: z.string(),
  /** Mean of every measure of an image. */
  mean: complexitySchema,
  /** Linear segmentability (common/dataset/segmentability), which only several images together have; null where it is unknown. */
  segmentability: z.number().min(0).max(1).nullable(),
  trainingImages: z.number().int().positive(),
});
export type DatasetComplexity = z.infer<typeof datasetComplexitySchema>;
