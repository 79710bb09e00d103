import { z } from 'zod';
import { splitSchema } from './dataset.ts';

/** What is done to some images of a stored dataset: left out for a reason, taken in again, or moved to another split. */
export const imageEditSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('exclude'), reason: z.string().trim().min(1).max(500) }),
  z.object({ kind: z.literal('include') }),
  z.object({ kind: z.literal('move'), split: splitSchema }),
]);
export type ImageEdit = z.infer<typeof imageEditSchema>;

/** How an image stands in its dataset. */
export const imageStateSchema = z.object({
  id: z.number().int().positive(),
  split: splitSchema,
  excluded: z.string().max(500).nullable(),
});
export type ImageState = z.infer<typeof imageStateSchema>;

export interface EditedImages {
  /** How the changed images were before: what undoes the edit. */
  readonly before: readonly ImageState[];
  /** Images that had to go along, because they belong together with those that were named. */
  readonly alongside: number;
  /** Trainings that had not finished and cannot be continued with other images. */
  readonly forgotten: number;
  readonly fingerprint: string;
}
