import { z } from 'zod';
import { datasetComplexitySchema } from '../dataset/complexity.ts';

/** A dataset on which networks were calibrated, without any image: what its runs are compared with others by. */
export const calibratedDatasetSchema = z.object({
  /** SHA-256 over the dataset's sorted content hashes; its runs name it by this. */
  fingerprint: z.string(),
  name: z.string().max(200),
  /** Datasets that are not independent of each other (the same patients, one microscope's films) share this word. */
  related: z.string().max(200).nullable().default(null),
  complexity: datasetComplexitySchema,
});
export type CalibratedDataset = z.infer<typeof calibratedDatasetSchema>;
