import { groupBy } from '../../src-main/prediction/algebra/groupBy.ts';
import type { DatasetCurve } from '../../src-main/prediction/curves/datasetCurve.ts';
import { datasetCurves } from '../../src-main/prediction/points/datasetCurves.ts';
import { readLibraryFile } from '../../src-main/calibration/readLibraryFile.ts';

/** A library file's runs as curves, one list per network family and training recipe: only these may be compared. */
export function libraryCurves(file: string): Map<string, DatasetCurve[]> {
  const { runs, datasets: described } = readLibraryFile(file);
  const datasets = new Map(described.map((dataset) => [dataset.fingerprint, dataset]));
  const groups = groupBy(
    runs.filter(({ learnt, excluded }) => learnt && excluded === null),
    ({ network, recipe }) => `${network.family}, training ${JSON.stringify(recipe)}`,
  );
  return new Map([...groups].map(([name, group]) => [name, datasetCurves(group, datasets)]));
}
