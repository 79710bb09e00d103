import { z } from 'zod';
import { foldSchema } from '../dataset/fold.ts';
import { networkSpecSchema } from '../network/network.ts';
import { MOST_SECONDS, trainingRecipeSchema } from '../training/training.ts';

/**
 * One trained network on one dataset, without any image: what calibration stores, predictors read and a library file carries
 * (method.md, section 4). How complex its images are belongs to the dataset (calibratedDataset.ts), so that a new measure retrains nothing.
 */
export const calibrationRunSchema = z.object({
  /** SHA-256 over the dataset's sorted content hashes. */
  datasetFingerprint: z.string(),
  datasetName: z.string().max(200),
  trainingImages: z.number().int().positive().max(1e9),
  network: networkSpecSchema,
  parameters: z.number().int().positive().max(1e12),
  recipe: trainingRecipeSchema,
  seed: z.number().int().nonnegative().max(0xffffffff),
  /** The fold of the dataset that it was trained and tested on; null for the dataset's own split. */
  fold: foldSchema.nullable().default(null),
  /** Device and version that computed it: "native 0.1.0". */
  engine: z.string(),
  /** Mean Dice over the test images at their own size, against the masks as they were drawn; that of the validation images likewise. */
  testDice: z.number().min(0).max(1),
  testIou: z.number().min(0).max(1),
  /** The same at the working resolution; null in runs of version 0.1.0, whose other figures are at that resolution too. */
  testDiceWorking: z.number().min(0).max(1).nullable().default(null),
  testImages: z.number().int().positive().max(1e9),
  validationDice: z.number().min(0).max(1),
  /** False when the network has not learnt (constant output or Dice near zero): such a run enters no fit. */
  learnt: z.boolean(),
  trainingSeconds: z.number().nonnegative().max(MOST_SECONDS),
  finishedAt: z.iso.datetime(),
  /** Set by the user to keep a run out of every fit, with the reason. */
  excluded: z.string().nullable(),
});
export type CalibrationRun = z.infer<typeof calibrationRunSchema>;
