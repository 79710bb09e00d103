import { z } from 'zod';
import { jobKind } from './jobKind.ts';

export interface RemoveLibraryResult {
  readonly removed: number;
  /** Runs that stay because the user left them out of predictions with a reason. */
  readonly kept: number;
}

/** Takes the library that comes with the product out of a project. */
export const removeLibraryKind = jobKind<RemoveLibraryResult>()({
  kind: 'remove-library',
  fields: { library: z.literal('starter') },
  paths: {},
  title: () => 'Remove the starter library',
  lane: 'quick',
  reads: 'records',
  writes: true,
});
