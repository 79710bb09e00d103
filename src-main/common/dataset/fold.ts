import { z } from 'zod';
import { MOST_FOLDS } from './foldsOf.ts';

/**
 * One of several ways to deal the images of a dataset, for calibration: fold `number` of `of`, from 1, tests on the number-th of `of` contiguous
 * blocks, so that over all folds each image is tested once.
 */
export const foldSchema = z
  .object({ number: z.number().int().min(1), of: z.number().int().min(2).max(MOST_FOLDS) })
  .refine(({ number, of }) => number <= of, 'is beyond the number of folds');
export type Fold = z.infer<typeof foldSchema>;

/** The inverse of foldText. @throws ZodError for anything else */
export function parseFold(text: string): Fold | null {
  if (text === '') return null;
  const [number, of] = text.split('/').map(Number);
  return foldSchema.parse({ number, of });
}
