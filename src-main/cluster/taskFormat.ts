import { z } from 'zod';
import { calibratedDatasetSchema } from '#common/calibration/calibratedDataset.ts';
import { sampleSchema, splitSchema } from '#common/dataset/dataset.ts';
import { foldSchema } from '#common/dataset/fold.ts';
import { readingSchema } from '#common/dataset/reading.ts';
import { deviceIdSchema } from '#common/device/device.ts';
import { networkSpecSchema } from '#common/network/network.ts';
import { isShown } from '#common/shownText.ts';
import { epochRecordSchema, testAccuracySchema, trainingRecipeSchema } from '#common/training/training.ts';
import { TASK_ID } from './sweepFolder.ts';

export const TASK_FORMAT = 'ccnet-task';
export const TASK_VERSION = 1;

const fingerprint = z.string().regex(/^[0-9a-f]{64}$/, 'is not a fingerprint');
const shownText = (characters: number): z.ZodString =>
  z.string().min(1).max(characters).refine(isShown, 'has characters that cannot be shown');
const taskId = z.string().regex(TASK_ID);
const product = shownText(40);
/** Inside the dataset's root, as the project has it: no way leads out. */
const inside = z
  .string()
  .min(1)
  .max(4096)
  .refine(
    (path) => !/^([\\/]|[a-z]:)/i.test(path) && !path.split(/[\\/]/).includes('..'),
    'leaves the folder',
  );

/** A dataset of a sweep: once for all of its tasks. */
export const datasetFileSchema = z.object({
  format: z.literal('ccnet-task-dataset'),
  version: z.number().int().positive(),
  name: shownText(200),
  fingerprint,
  /** Absolute path of the folder or .zip; null when the files were packed into the sweep's folder. */
  root: z.string().min(1).max(4096).nullable(),
  channels: z.union([z.literal(1), z.literal(3)]),
  reading: readingSchema,
  images: z
    .array(
      sampleSchema.extend({
        image: inside,
        masks: z.array(inside).min(1).max(100_000),
        split: splitSchema,
        group: z.string().max(1000).nullable(),
      }),
    )
    .min(1)
    .max(1_000_000),
});
export type DatasetFile = z.infer<typeof datasetFileSchema>;

/** The network that a task learns from: another task's of the same sweep, or one that was trained before and lies in its folder. */
const teacherSchema = z.object({
  from: z.union([z.object({ task: taskId }), z.object({ stored: z.number().int().nonnegative().max(1e9) })]),
});

/** One training. With the dataset that it names it says all that there is to know; the project is not needed. */
export const taskSchema = z.object({
  format: z.literal(TASK_FORMAT),
  version: z.number().int().positive(),
  /** Version of the product that made it: another one may train otherwise. */
  product,
  dataset: fingerprint,
  network: networkSpecSchema,
  recipe: trainingRecipeSchema,
  seed: z.number().int().nonnegative().max(0xffffffff),
  fold: foldSchema.nullable(),
  teacher: teacherSchema.nullable(),
  device: deviceIdSchema,
});
export type TaskFile = z.infer<typeof taskSchema>;

/** What a sweep is. */
export const sweepSchema = z.object({
  format: z.literal('ccnet-sweep'),
  version: z.number().int().positive(),
  product,
  createdAt: z.iso.datetime(),
  tasks: z.number().int().positive().max(1_000_000),
  datasets: z.array(calibratedDatasetSchema.extend({ fingerprint })).max(10_000),
});
export type SweepFile = z.infer<typeof sweepSchema>;

/** What a result says beside the run, which stands in it as in every library file. */
export const outcomeSchema = z.object({
  product,
  task: taskId,
  test: testAccuracySchema,
  validation: testAccuracySchema,
  /** The epochs of its last attempt. */
  history: z.array(epochRecordSchema).max(10_000),
});
export type OutcomeDocument = z.infer<typeof outcomeSchema>;
