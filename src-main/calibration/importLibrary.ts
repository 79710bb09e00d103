import type { CalibratedDataset } from '#common/calibration/calibratedDataset.ts';
import type { CalibrationRun } from '#common/calibration/calibrationRun.ts';
import { CcnetError } from '#common/errors.ts';
import type { FactsOf } from '#common/failures/failures.ts';
import { trainableWeights } from '#common/network/layerWeights.ts';
import type { NetworkSpec } from '#common/network/network.ts';
import { describeNetwork } from '../network/describeNetwork.ts';
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
 * @throws not-a-library, library-newer, library-too-large
 */
export function importLibrary(text: string): ImportedLibrary {
  if (text.length > MAX_LIBRARY_CHARACTERS) {
    throw tooManyBytes(null, text.length);
  }
  const { candidates, datasets } = readEnvelope(parse(text));
  const runs: CalibrationRun[] = [];
  const refused: RefusedRun[] = [];
  const check = parameterCheck();
  for (const [index, candidate] of candidates.entries()) {
    const result = libraryRunSchema.safeParse(candidate);
    const unlike = result.success ? check(result.data) : null;
    if (result.success && unlike === null) runs.push(result.data);
    else if (unlike !== null) refused.push({ position: index + 1, reason: unlike });
    else if (!result.success) {
      const issue = result.error.issues[0];
      const reason = `${issue?.path.map(String).join('.') || 'the run'}: ${issue?.message ?? 'not valid'}`;
      refused.push({ position: index + 1, reason });
    }
  }
  return { runs, datasets, refused };
}

/**
 * Says why a run cannot be what it says it is; null where it can. Accuracy is compared over the number of parameters, so that a wrong one
 * would bend every prediction.
 */
function parameterCheck(): (run: CalibrationRun) => string | null {
  const counts = new Map<string, number>();
  return ({ network, parameters }) => {
    const key = JSON.stringify(network);
    const counted = counts.get(key) ?? countedParameters(network);
    counts.set(key, counted);
    return counted === parameters ? null : `parameters: ${parameters}, but its network has ${counted}`;
  };
}

function countedParameters(network: NetworkSpec): number {
  return describeNetwork(network).reduce((sum, layer) => sum + trainableWeights(layer), 0);
}

/** A library of more bytes than are ever read in. @param path where it lies, when it was not read at all */
export function tooManyBytes(path: string | null, bytes: number): CcnetError {
  const mebibytes = (value: number): number => Math.ceil(value / 1024 / 1024);
  return tooLarge(path, mebibytes(bytes), mebibytes(MAX_LIBRARY_CHARACTERS), 'MiB');
}

function tooLarge(
  path: string | null,
  has: number,
  most: number,
  of: FactsOf<'library-too-large'>['of'],
): CcnetError {
  return new CcnetError('library-too-large', { path, has, most, of });
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text.replace(/^\uFEFF/, ''));
  } catch (error) {
    const why = text.trimEnd().endsWith('}') ? 'not-json' : 'cut-off';
    throw new CcnetError('not-a-library', { why, format: LIBRARY_FORMAT }, { cause: error });
  }
}

function readEnvelope(value: unknown): { candidates: unknown[]; datasets: CalibratedDataset[] } {
  const result = libraryEnvelopeSchema.safeParse(value);
  if (!result.success) {
    const facts = { why: 'other-json', format: LIBRARY_FORMAT } as const;
    throw new CcnetError('not-a-library', facts, { cause: result.error });
  }
  const { version, runs, datasets } = result.data;
  if (version > LIBRARY_VERSION)
    throw new CcnetError('library-newer', { version, supported: LIBRARY_VERSION });
  if (runs.length > MAX_LIBRARY_RUNS) throw tooLarge(null, runs.length, MAX_LIBRARY_RUNS, 'runs');
  if (datasets.length > MAX_LIBRARY_DATASETS)
    throw tooLarge(null, datasets.length, MAX_LIBRARY_DATASETS, 'datasets');
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
