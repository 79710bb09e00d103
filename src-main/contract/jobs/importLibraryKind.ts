import { jobKind, readPathOrOurs } from './jobKind.ts';

export interface ImportLibraryResult {
  readonly added: number;
  readonly skipped: number;
  /** Runs of an older version's starter library that this one's no longer has. */
  readonly removed: number;
  readonly refused: readonly string[];
}

/** Takes in the runs of a library file; without a file those of the starter library. */
export const importLibraryKind = jobKind<ImportLibraryResult>()({
  kind: 'import-library',
  fields: {},
  paths: { file: readPathOrOurs },
  title: () => 'Import a calibration library',
  lane: 'quick',
  reads: 'nothing',
  writes: true,
});
