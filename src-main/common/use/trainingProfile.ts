import { z } from 'zod';
import { MEASURES, type Measure } from '../dataset/complexity.ts';

/** Measures that an image has without a mask, so that images to be segmented can be compared with those of the training. */
export const IMAGE_MEASURES = [
  'jpeg',
  'medianFrequency',
  'entropy',
  'delentropy',
  'edgeDensity',
  'glcmContrast',
  'glcmHomogeneity',
] as const satisfies readonly Measure[];

const spread = z.object({
  mean: z.number(),
  /** Standard deviation over the images; 0 for one. */
  deviation: z.number().nonnegative(),
  low: z.number(),
  high: z.number(),
});
export type Spread = z.infer<typeof spread>;

const depth = z.union([z.literal(8), z.literal(16), z.literal(32)]);
export type PixelDepth = z.infer<typeof depth>;

/** What the training images of a network are like: what new ones are compared with. */
export const trainingProfileSchema = z.object({
  images: z.number().int().positive(),
  channels: z.array(z.union([z.literal(1), z.literal(3)])),
  /** Bits a value, most frequent first. */
  depths: z.array(depth).min(1),
  /** Shorter sides in pixels, before resizing. */
  side: z.object({ low: z.number().min(1), median: z.number().min(1), high: z.number().min(1) }),
  /** Recipe of the measures, and their spread over the images; null where none were measured. */
  complexity: z
    .object({ recipe: z.string(), measures: z.partialRecord(z.enum(MEASURES), spread) })
    .nullable(),
});
export type TrainingProfile = z.infer<typeof trainingProfileSchema>;

/** Mean, deviation and range of some values, one or more. */
export function spreadOf(values: readonly number[]): Spread {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  const squares = values.reduce((sum, value) => sum + (value - mean) ** 2, 0);
  return {
    mean,
    deviation: values.length > 1 ? Math.sqrt(squares / (values.length - 1)) : 0,
    low: Math.min(...values),
    high: Math.max(...values),
  };
}
