import type { CalibratedDataset } from '#common/calibration/calibratedDataset.ts';
import type { CalibrationRun } from '#common/calibration/calibrationRun.ts';
import { canonicalJson } from '#common/canonicalJson.ts';
import { PRODUCT_VERSION } from '#common/productVersion.ts';
import { shown } from '#common/shownText.ts';
import { LIBRARY_FORMAT, LIBRARY_VERSION, libraryDatasetSchema, libraryRunSchema } from './libraryFormat.ts';

export interface ExportedLibrary {
  /** The file's content: JSON, one dataset or run per line, so that versions of a library can be compared. */
  readonly text: string;
  readonly exported: number;
  /** Runs that stay at home: those that the user excluded, and those that no library may carry. */
  readonly withheld: number;
}

/**
 * Writes calibration runs, and the complexity of their datasets, as a library that others can import. It holds neither images nor
 * paths nor who made it; a dataset name that is a path is cut to its last part.
 * @param datasets what is known of the datasets; those without a run stay at home
 */
export function exportLibrary(
  runs: readonly CalibrationRun[],
  datasets: readonly CalibratedDataset[],
): ExportedLibrary {
  // What a stranger's project holds and no library may carry stays at home, too.
  const shared = runs.flatMap((run) => {
    const engine = shown(run.engine).slice(0, MOST_CHARACTERS);
    return (
      libraryRunSchema.safeParse({ ...run, engine, datasetName: sharedName(run.datasetName) }).data ?? []
    );
  });
  const lines = shared.map((run) => canonicalJson(run));
  const used = new Set(shared.map((run) => run.datasetFingerprint));
  const described = datasets
    .filter(({ fingerprint }) => used.has(fingerprint))
    .flatMap(
      (dataset) => libraryDatasetSchema.safeParse({ ...dataset, name: sharedName(dataset.name) }).data ?? [],
    )
    .map((dataset) => canonicalJson(dataset));
  const head = { format: LIBRARY_FORMAT, version: LIBRARY_VERSION, product: PRODUCT_VERSION };
  return {
    text: `${JSON.stringify(head).slice(0, -1)},"datasets":[\n${described.join(',\n')}\n],"runs":[\n${lines.join(',\n')}\n]}\n`,
    exported: shared.length,
    withheld: runs.length - shared.length,
  };
}

const MOST_CHARACTERS = 200;

function sharedName(name: string): string {
  const last = name.split(/[\\/]/).findLast((part) => part.length > 0) ?? 'dataset';
  return shown(last).replaceAll('\\', '').slice(0, MOST_CHARACTERS);
}
