import { z } from 'zod';
import { AXES } from './axes.ts';

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
  /** Of masks that are painted of annotations: the classes of the whole dataset; the first has the value 1. */
  names: z.array(z.string().max(1000)).max(65_534).optional(),
});
export type MaskRule = z.infer<typeof maskRuleSchema>;

/** Which values of a medical image are shown from black to white: one window for all, or each file's own. */
export const windowSchema = z.union([
  z.literal('file'),
  z.object({ centre: z.number().finite(), width: z.number().positive().finite() }),
]);
export type IntensityWindow = z.infer<typeof windowSchema>;

export const planesSchema = z.union([z.literal('max'), z.number().int().nonnegative().max(1e6)]);

/** How images are read: everything that their files alone do not say. */
export const imageReadingSchema = z.object({
  /** Of images that have several, from 0. */
  channel: z.number().int().nonnegative(),
  /** Of volumes (NIfTI); axial if absent. */
  axis: z.enum(AXES).optional(),
  /** Of DICOM and NIfTI; the full range of values if absent. */
  window: windowSchema.optional(),
  /** Of stacks in depth (TIFF): the brightest of all planes, or one plane from 0; each plane by itself if absent. */
  planes: planesSchema.optional(),
});
export type ImageReading = z.infer<typeof imageReadingSchema>;

/** Which slices of volumes and stacks are taken: a range from 1, every so manieth of it, or those whose mask marks something. */
export const sliceChoiceSchema = z.object({
  from: z.number().int().positive().optional(),
  to: z.number().int().positive().optional(),
  every: z.number().int().positive().optional(),
  marked: z.boolean().optional(),
});
export type SliceChoice = z.infer<typeof sliceChoiceSchema>;

/** Characters of a choice of masks. */
const MOST_NAMES = 10_000;

/** How a dataset's files are read: everything that files alone do not say. */
export const readingSchema = imageReadingSchema.extend({
  masks: maskRuleSchema,
  /** What a person chose of the files, where anything was chosen; it is told in the images themselves, and kept to be repeated. */
  selection: z
    .object({
      masksFrom: z.string().min(1).max(MOST_NAMES).optional(),
      slices: sliceChoiceSchema.optional(),
      pairedByHand: z.boolean().optional(),
    })
    .optional(),
});
export type DatasetReading = z.infer<typeof readingSchema>;

/** What a person decides about the reading; what is left out is decided by the files. */
export const readingChoicesSchema = z.object({
  channel: z.number().int().nonnegative().max(65_535).optional(),
  axis: z.enum(AXES).optional(),
  window: windowSchema.optional(),
  planes: planesSchema.optional(),
  slices: sliceChoiceSchema.optional(),
  background: storedValue.optional(),
  /** null: every value counts. */
  ignored: storedValue.nullable().optional(),
  /** One class, or several that are merged; everything else is background. */
  classes: z.array(storedValue).min(1).max(256).optional(),
  /** The same by the names that annotations give them. */
  classNames: z.array(z.string().min(1).max(1000)).min(1).max(256).optional(),
  /** Which of several kinds of masks: one of the examination's `maskSources`, or several between commas, which count together. */
  masksFrom: z.string().min(1).max(MOST_NAMES).optional(),
  inverted: z.boolean().optional(),
});
export type ReadingChoices = z.infer<typeof readingChoicesSchema>;

/** One value that occurs in the masks of a dataset, and what it is read as. */
export const maskValueSchema = z.object({
  value: storedValue,
  /** Of a class that has one. */
  name: z.string().optional(),
  /** In how many masks it occurs, and its share of all pixels of all masks, 0 to 1. */
  masks: z.number().int().positive(),
  share: z.number().min(0).max(1),
  readAs: z.enum(['background', 'foreground', 'ignored']),
});
export type MaskValue = z.infer<typeof maskValueSchema>;
