import { z } from 'zod';
import { remedySchema } from '../failures/failureSchema.ts';
import { maskValueSchema, readingSchema } from './reading.ts';
import { SPLITS } from './splits.ts';

export { SPLITS };

export const splitSchema = z.enum(SPLITS);
export type Split = z.infer<typeof splitSchema>;

/** One thing that the doctor noticed about one file (or about the whole dataset: `file` is then the folder). */
export const findingSchema = z.object({
  /** error: the pair cannot be used; warning: usable, look at it; info: good to know. */
  severity: z.enum(['error', 'warning', 'info']),
  /** Stable name of the kind of problem, in kebab-case: "size-mismatch". */
  code: z.string(),
  /** Path relative to the dataset's root. */
  file: z.string(),
  problem: z.string(),
  remedy: remedySchema,
});
export type Finding = z.infer<typeof findingSchema>;

/** How the foreground was read from a mask file. */
export const maskReadingSchema = z.enum(['binary', 'instances', 'colour', 'thresholded', 'objects']);

/** Pixels of a side that no image has. */
const MOST_SIDE = 1e6;

/** One usable image/mask pair. Paths are relative to the dataset's root, inside the folder or the .zip. */
export const sampleSchema = z.object({
  /** Shown to people: the image's name without extension, with "#3" for page 3 of a stack. */
  name: z.string(),
  image: z.string(),
  /** One mask, or one file per object (DSB 2018), united. */
  masks: z.array(z.string()).min(1),
  /** Page of a multi-page file, from 0. */
  page: z.number().int().nonnegative().max(1e9),
  /** Far above what is read (dataset/decoding/limits); a stranger's project may say anything. */
  width: z.number().int().positive().max(MOST_SIDE),
  height: z.number().int().positive().max(MOST_SIDE),
  channels: z.union([z.literal(1), z.literal(3)]),
  bitDepth: z.union([z.literal(8), z.literal(16), z.literal(32)]),
  maskReading: maskReadingSchema,
  /** Share of foreground pixels in the mask, 0 to 1. */
  foreground: z.number().min(0).max(1),
  /** SHA-256 (hex) over the image's decoded pixels. */
  imageHash: z.string(),
  /** SHA-256 (hex) over the mask's decoded foreground. */
  maskHash: z.string(),
  /** Split that the dataset's own folders prescribe, or null. */
  givenSplit: splitSchema.nullable(),
  /** What it belongs to by its format: the patient of a DICOM slice, the volume of a NIfTI slice. */
  group: z.string().max(1000).nullable().optional(),
});
export type Sample = z.infer<typeof sampleSchema>;

/** Result of examining a folder or .zip: what can be used and all that was noticed. */
export const examinationSchema = z.object({
  root: z.string(),
  /** Naming convention by which pairs were found, in words: "images/ and masks/ folders". */
  convention: z.string(),
  samples: z.array(sampleSchema),
  findings: z.array(findingSchema),
  /** How the files were read: decided once for all of them. */
  reading: readingSchema,
  /** The values that occur in the masks; empty when there are too many to be classes. */
  maskValues: z.array(maskValueSchema),
  /** Where masks are, if in several places of which one is used: folders ("masks/"), words in names, or annotations. */
  maskSources: z
    .array(z.object({ name: z.string(), masks: z.number().int().nonnegative(), used: z.boolean() }))
    .optional(),
  /** All files that can be read, by what they seem to be: what pairing by hand offers. */
  candidates: z
    .object({ images: z.array(z.string()).readonly(), masks: z.array(z.string()).readonly() })
    .optional(),
  /** Pairs of samples, by their places, whose images are nearly the same; the first of them where there are very many. */
  alike: z.array(z.tuple([z.number().int().nonnegative(), z.number().int().nonnegative()])).optional(),
  /** Most channels of an image of which one is read; 1 where there is no choice. */
  fileChannels: z.number().int().positive(),
});
export type Examination = z.infer<typeof examinationSchema>;

/** An image and its mask, resized to the working resolution, channel-last. */
export interface WorkingSample {
  readonly name: string;
  readonly width: number;
  readonly height: number;
  readonly channels: 1 | 3;
  /** height * width * channels intensities in [0, 1]. 8-bit: value / 255; 16-bit and float: see dataset/rescaleIntensity. */
  readonly image: Float32Array;
  /** height * width, 0 background, 1 foreground, 2 does not count; by covered area (dataset/working/resizeMask). */
  readonly mask: Uint8Array;
}

/** A mask at the size of the image that it was drawn on. */
export interface DrawnMask {
  readonly width: number;
  readonly height: number;
  /** height * width, 0 background, 1 foreground, 2 does not count. */
  readonly foreground: Uint8Array;
}

/** Random access to a dataset's samples without holding them in memory. */
export interface SampleSource {
  readonly length: number;
  readonly channels: 1 | 3;
  /** Loads one sample at the working resolution. @throws a CcnetError naming the file when it cannot be read any more. */
  load(index: number, signal?: AbortSignal): Promise<WorkingSample>;
}

/** Samples whose masks can also be had as they were drawn: what a network is tested on. */
export interface TestSource extends SampleSource {
  loadDrawn(
    index: number,
    signal?: AbortSignal,
  ): Promise<{ readonly sample: WorkingSample; readonly drawn: DrawnMask }>;
}
