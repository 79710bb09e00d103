import { z } from 'zod';
import { isShown } from '#common/shownText.ts';
import { type CalibratedDataset, calibratedDatasetSchema } from '#common/calibration/calibratedDataset.ts';
import { calibrationRunSchema } from '#common/calibration/calibrationRun.ts';
import { complexitySchema, datasetComplexitySchema } from '#common/dataset/complexity.ts';

export const LIBRARY_FORMAT = 'ccnet-calibration-library';
/** 1: every run carries the complexity of its dataset. 2: datasets beside the runs. */
export const LIBRARY_VERSION = 2;
/** Limits of what is read: far above any real library (about 1.5 kB per run). */
export const MAX_LIBRARY_CHARACTERS = 64 * 1024 * 1024;
export const MAX_LIBRARY_RUNS = 20_000;
export const MAX_LIBRARY_DATASETS = 5000;

/**
 * Text from a stranger that will be shown in terminals, reports and windows: of bounded length, without control
 * characters or marks that reverse the direction of writing.
 */
function shownText(characters: number): z.ZodString {
  return z.string().min(1).max(characters).refine(isShown, 'has characters that cannot be shown');
}

/** Everything of a library but its runs and datasets, which are checked one by one. */
export const libraryEnvelopeSchema = z.object({
  format: z.literal(LIBRARY_FORMAT),
  version: z.number().int().positive(),
  runs: z.array(z.unknown()),
  datasets: z.array(z.unknown()).default([]),
});

const fingerprint = z.string().regex(/^[\w:.-]{1,128}$/, 'is not a fingerprint');
const datasetName = shownText(200).refine((name) => !/[\\/]/.test(name), 'is a path');

/** A run as a library may carry it; fields that are not listed (images, paths, comments) are dropped when reading. */
export const libraryRunSchema = calibrationRunSchema.extend({
  datasetFingerprint: fingerprint,
  datasetName,
  engine: shownText(200),
  // Why a user left a run out is a note to themselves.
  excluded: z.null(),
});

/** A dataset as a library may carry it. */
export const libraryDatasetSchema = calibratedDatasetSchema.extend({
  fingerprint,
  name: datasetName,
  related: shownText(100).nullable().default(null),
  complexity: datasetComplexitySchema.extend({ recipe: shownText(400) }),
});

/** What a run of format 1 says of its dataset. */
export const complexityOfRunSchema = z
  .object({
    datasetFingerprint: fingerprint,
    datasetName,
    complexityRecipe: shownText(400),
    complexity: complexitySchema,
    trainingImages: z.number().int().positive(),
  })
  .transform((run): CalibratedDataset => {
    const { datasetFingerprint, complexityRecipe: recipe, complexity: mean, trainingImages } = run;
    const complexity = { recipe, mean, segmentability: null, trainingImages };
    return { fingerprint: datasetFingerprint, name: run.datasetName, related: null, complexity };
  });
