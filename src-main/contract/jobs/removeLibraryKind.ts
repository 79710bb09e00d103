import { z } from 'zod';
import { jobKind } from './jobKind.ts';

export interface RemoveLibraryResult {
  readonly removed: number;
  /** Runs that stay because the user left them out of predictions with a reason. */
  readonly kept: number;
}

/** Takes out of a project what a library brought: the one that comes with the product, or a file by its name; null for those without one, of version 0.1.0. */
export const removeLibraryKind = jobKind<RemoveLibraryResult>()({
  kind: 'remove-library',
  fields: { library: z.string().min(1).max(200).nullable() },
  paths: {},
  title: ({ library }) =>
    `Remove ${library === 'starter' ? 'the starter library' : (library ?? 'libraries without a name')}`,
  lane: 'quick',
  reads: 'records',
  writes: true,
});
