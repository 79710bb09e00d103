import type { CalibratedDataset } from '#common/calibration/calibratedDataset.ts';
import type { CalibrationRun } from '#common/calibration/calibrationRun.ts';
import { LibraryTooLargeError, NewerLibraryError, NotALibraryError } from './libraryErrors.ts';
import {
  complexityOfRunSchema,
  LIBRARY_FORMAT,
  LIBRARY_VERSION,
  libraryDatasetSchema,
  libraryEnvelopeSchema,
  libraryRunSchema,
  MAX_LIBRARY_CHARACTERS,
  MAX_LIBRARY_DATASETS,
  MAX_LIBRARY_RUNS,
} from './libraryFormat.ts';

/** A run of a library that cannot be used. */
export interface RefusedRun {
  /** Its place in the file, from 1. */
  readonly position: number;
  readonly reason: string;
}

export interface ImportedLibrary {
  readonly runs: CalibrationRun[];
  /** The complexity of their datasets; one that is not valid is left out. */
  readonly datasets: CalibratedDataset[];
  readonly refused: RefusedRun[];
}

/**
 * Reads a library's text. A run that is not valid is refused with its reason and does not stop the others.
 * @throws NotALibraryError, NewerLibraryError, LibraryTooLargeError
 */
export function importLibrary(text: string): ImportedLibrary {
  if (text.length > MAX_LIBRARY_CHARACTERS) {
    throw new LibraryTooLargeError(`it has ${Math.ceil(text.length / 1024 / 1024)} MiB`);
  }
  const { candidates, datasets } = readEnvelope(parse(text));
  const runs: CalibrationRun[] = [];
  const refused: RefusedRun[] = [];
  for (const [index, candidate] of candidates.entries()) {
    const result = libraryRunSchema.safeParse(candidate);
    if (result.success) runs.push(result.data);
    else {
      const issue = result.error.issues[0];
      const reason = `${issue?.path.map(String).join('.') || 'the run'}: ${issue?.message ?? 'not valid'}`;
      refused.push({ position: index + 1, reason });
    }
  }
  return { runs, datasets, refused };
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text.replace(/^\uFEFF/, ''));
  } catch (error) {
    const complete = text.trimEnd().endsWith('}');
    throw new NotALibraryError(complete ? 'it is not JSON' : 'it is not JSON, or it has been cut off', {
      cause: error,
    });
  }
}

function readEnvelope(value: unknown): { candidates: unknown[]; datasets: CalibratedDataset[] } {
  const result = libraryEnvelopeSchema.safeParse(value);
  if (!result.success) {
    throw new NotALibraryError(`it does not say "format": "${LIBRARY_FORMAT}" with a version and runs`, {
      cause: result.error,
    });
  }
  const { version, runs, datasets } = result.data;
  if (version > LIBRARY_VERSION) throw new NewerLibraryError(version, LIBRARY_VERSION);
  if (runs.length > MAX_LIBRARY_RUNS) {
    throw new LibraryTooLargeError(`it has ${runs.length} runs, and at most ${MAX_LIBRARY_RUNS} are read`);
  }
  if (datasets.length > MAX_LIBRARY_DATASETS) {
    throw new LibraryTooLargeError(
      `it has ${datasets.length} datasets, and at most ${MAX_LIBRARY_DATASETS} are read`,
    );
  }
  return { candidates: runs, datasets: version === 1 ? datasetsOfRuns(runs) : validDatasets(datasets) };
}

function validDatasets(candidates: readonly unknown[]): CalibratedDataset[] {
  return candidates.flatMap((candidate) => libraryDatasetSchema.safeParse(candidate).data ?? []);
}

/** Format 1 says the complexity of a dataset with every run on it. */
function datasetsOfRuns(runs: readonly unknown[]): CalibratedDataset[] {
  const all = runs.flatMap((run) => complexityOfRunSchema.safeParse(run).data ?? []);
  return [
    ...Map.groupBy(all, ({ fingerprint, complexity }) => `${fingerprint} ${complexity.recipe}`).values(),
  ].flatMap(([first]) => first ?? []);
}
