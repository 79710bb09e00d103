import { z } from 'zod';

/** A stored value of a mask: a number, or a colour as 0xRRGGBB where the masks of a dataset are told apart by colour. */
const storedValue = z.number().finite();

/** How the masks of a dataset are read: one declaration for all of them. */
export const maskRuleSchema = z.object({
  /** values: numbers and indices of palettes count; colours: what they look like counts. */
  space: z.enum(['values', 'colours']),
  background: storedValue,
  /** Pixels of this value count neither in training nor in the score; null: there are none. */
  ignored: storedValue.nullable(),
  /** What is foreground; null: everything that is neither background nor ignored. */
  foreground: z.array(storedValue).min(1).nullable(),
  /** Foreground and background are exchanged after that. */
  inverted: z.boolean(),
  /** Where values that compression or smoothing has spread are cut; null: at half the range of each mask. */
  threshold: storedValue.nullable(),
});
export type MaskRule = z.infer<typeof maskRuleSchema>;

/** How a dataset's files are read: everything that files alone do not say. */
export const readingSchema = z.object({
  /** Of images that have several, from 0. */
  channel: z.number().int().nonnegative(),
  masks: maskRuleSchema,
});
export type DatasetReading = z.infer<typeof readingSchema>;

/** What a person decides about the reading; what is left out is decided by the files. */
export const readingChoicesSchema = z.object({
  channel: z.number().int().nonnegative().max(65_535).optional(),
  background: storedValue.optional(),
  /** null: every value counts. */
  ignored: storedValue.nullable().optional(),
  /** One class, or several that are merged; everything else is background. */
  classes: z.array(storedValue).min(1).max(256).optional(),
  inverted: z.boolean().optional(),
});
export type ReadingChoices = z.infer<typeof readingChoicesSchema>;

/** One value that occurs in the masks of a dataset, and what it is read as. */
export const maskValueSchema = z.object({
  value: storedValue,
  /** In how many masks it occurs, and its share of all pixels of all masks, 0 to 1. */
  masks: z.number().int().positive(),
  share: z.number().min(0).max(1),
  readAs: z.enum(['background', 'foreground', 'ignored']),
});
export type MaskValue = z.infer<typeof maskValueSchema>;
