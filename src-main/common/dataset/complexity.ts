import { z } from 'zod';

/**
 * Measures of image complexity, each a number per image; formulas and sources stand in `complexity/`.
 * `trainingImages` is a measure of the dataset alone (log2 of the number of training images).
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

/** Mean of every measure over the training images, and how many images there were. */
export interface DatasetComplexity {
  /** Identifier of the recipe that made the values; values of different recipes are never mixed. */
  readonly recipe: string;
  readonly mean: Complexity;
  readonly trainingImages: number;
}
