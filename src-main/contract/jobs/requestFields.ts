import { z } from 'zod';
import { deviceIdSchema } from '#common/device/device.ts';
import { readingChoicesSchema } from '#common/dataset/reading.ts';
import { networkFamilySchema } from '#common/network/network.ts';
import { limitsSchema } from '#common/prediction/prediction.ts';
import { trainingRecipeSchema } from '#common/training/training.ts';

/** Fields that requests of several kinds have. */

export const datasetName = z.string().min(1).max(200);
export const datasetId = z.number().int().positive();
export const networkId = z.number().int().positive();
export const seed = z.number().int().nonnegative().max(0xffffffff);
export const workingSide = z.number().int().min(32).max(4096);

export const exportFormatSchema = z.enum(['onnx', 'onnx-pixels', 'tfjs', 'bioimageio']);
export type ExportFormat = z.infer<typeof exportFormatSchema>;
export const formats = z.array(exportFormatSchema).min(1);

/** How images are dealt to train, validation and test: by content hash, or in blocks for stacks and movies. */
export const splitModeSchema = z.enum(['hashed', 'ordered']);
export type SplitMode = z.infer<typeof splitModeSchema>;

/** Pairing set by hand: image path to mask paths, relative to the dataset's root. */
const pairingSchema = z.record(z.string(), z.array(z.string()).min(1));
export type Pairing = z.infer<typeof pairingSchema>;

/** What of a folder or .zip is taken. */
export const taken = {
  /** Only these files of it, relative to it with forward slashes: what was dropped of it. */
  files: z.array(z.string().min(1).max(4096)).min(1).max(20_000).optional(),
  pairing: pairingSchema.optional(),
  /** How masks and channels are read, where a person decides it. */
  reading: readingChoicesSchema.optional(),
};

/** The base network and the sizes of it that are asked about. */
export const sizes = {
  family: networkFamilySchema,
  width: z.number().int().min(1).max(1024),
  alphas: z.array(z.number().gt(0).max(1)).min(1).max(64),
};

/** How networks are trained, and on what. */
export const training = {
  recipe: trainingRecipeSchema,
  device: deviceIdSchema,
  threads: z.number().int().min(1).max(256).nullable(),
};

/** How small may it be? */
export const question = { dataset: datasetId, ...sizes, limits: limitsSchema, workingSide };
