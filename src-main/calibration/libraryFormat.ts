import { z } from 'zod';
import { calibrationRunSchema } from '#common/calibration/calibrationRun.ts';

export const LIBRARY_FORMAT = 'ccnet-calibration-library';
export const LIBRARY_VERSION = 1;
/** Limits of what is read: far above any real library (about 1.5 kB per run). */
export const MAX_LIBRARY_CHARACTERS = 64 * 1024 * 1024;
export const MAX_LIBRARY_RUNS = 20_000;

/**
 * Text from a stranger that will be shown in terminals, reports and windows: of bounded length, without control
 * characters or marks that reverse the direction of writing.
 */
function shownText(characters: number): z.ZodString {
  return z
    .string()
    .min(1)
    .max(characters)
    .regex(/^[^\p{Cc}\u2028\u2029\u202a-\u202e\u2066-\u2069]*$/u, 'has characters that cannot be shown');
}

/** Everything of a library but its runs, which are checked one by one. */
export const libraryEnvelopeSchema = z.object({
  format: z.literal(LIBRARY_FORMAT),
  version: z.number().int().positive(),
  runs: z.array(z.unknown()),
});

/** A run as a library may carry it; fields that are not listed (images, paths, comments) are dropped when reading. */
export const libraryRunSchema = calibrationRunSchema.extend({
  datasetFingerprint: z.string().regex(/^[\w:.-]{1,128}$/, 'is not a fingerprint'),
  datasetName: shownText(200).refine((name) => !/[\\/]/.test(name), 'is a path'),
  complexityRecipe: shownText(200),
  engine: shownText(200),
  // Why a user left a run out is a note to themselves.
  excluded: z.null(),
});
