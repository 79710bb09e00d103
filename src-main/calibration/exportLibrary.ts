import type { CalibratedDataset } from '#common/calibration/calibratedDataset.ts';
import type { CalibrationRun } from '#common/calibration/calibrationRun.ts';
import { canonicalJson } from '#common/canonicalJson.ts';
import { PRODUCT_VERSION } from '#common/productVersion.ts';
import { LIBRARY_FORMAT, LIBRARY_VERSION, libraryDatasetSchema, libraryRunSchema } from './libraryFormat.ts';

export interface ExportedLibrary {
  /** The file's content: JSON, one dataset or run per line, so that versions of a library can be compared. */
  readonly text: string;
  readonly exported: number;
  /** Runs that stay at home because the user excluded them. */
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
  const shared = runs.filter((run) => run.excluded === null);
  const lines = shared.map((run) =>
    canonicalJson(libraryRunSchema.parse({ ...run, datasetName: lastPart(run.datasetName) })),
  );
  const used = new Set(shared.map((run) => run.datasetFingerprint));
  const described = datasets
    .filter(({ fingerprint }) => used.has(fingerprint))
    .map((dataset) =>
      canonicalJson(libraryDatasetSchema.parse({ ...dataset, name: lastPart(dataset.name) })),
    );
  const head = { format: LIBRARY_FORMAT, version: LIBRARY_VERSION, product: PRODUCT_VERSION };
  return {
    text: `${JSON.stringify(head).slice(0, -1)},"datasets":[\n${described.join(',\n')}\n],"runs":[\n${lines.join(',\n')}\n]}\n`,
    exported: shared.length,
    withheld: runs.length - shared.length,
  };
}

function lastPart(name: string): string {
  return name.split(/[\\/]/).findLast((part) => part.length > 0) ?? 'dataset';
}
