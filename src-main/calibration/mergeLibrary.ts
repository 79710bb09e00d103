import type { CalibrationRun } from '#common/calibration/calibrationRun.ts';
import { runKey } from '#common/calibration/runKey.ts';
import type { ImportedLibrary, RefusedRun } from './importLibrary.ts';

/** What an import brings; its datasets are stored beside it (project.calibratedDatasets.import). */
export interface LibraryMerge {
  /** Runs to store: `project.runs.import(merge.added)`. */
  readonly added: CalibrationRun[];
  /** How many were stored already, or stood in the library twice. */
  readonly skipped: number;
  readonly refused: RefusedRun[];
}

/** Finds which runs of a library are new. Of equal runs (see runKey) the stored one, or the first, is kept. */
export function mergeLibrary(stored: readonly CalibrationRun[], library: ImportedLibrary): LibraryMerge {
  const known = new Set(stored.map(runKey));
  const added = library.runs.filter((run) => {
    const key = runKey(run);
    const isNew = !known.has(key);
    known.add(key);
    return isNew;
  });
  return { added, skipped: library.runs.length - added.length, refused: library.refused };
}
