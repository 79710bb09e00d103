/**
 * Prints the tables of measured accuracy of docs/starter-library.md from assets/starter-library.json, as Markdown:
 *
 *   node scripts/starterLibraryTables.ts
 *
 * What is predicted of left-out datasets is printed by bench/prediction.ts.
 */
import { fileURLToPath } from 'node:url';
import type { CalibrationRun } from '#common/calibration/calibrationRun.ts';
import { firstLevelWidth } from '#common/calibration/rebasedRun.ts';
import { foldText } from '#common/dataset/foldText.ts';
import { mean } from '#common/statistics/mean.ts';
import { readLibraryFile } from '../src-main/calibration/readLibraryFile.ts';

const { runs, datasets } = readLibraryFile(
  fileURLToPath(new URL('../assets/starter-library.json', import.meta.url)),
);
const complexityOf = new Map(datasets.map((dataset) => [dataset.fingerprint, dataset.complexity]));
const ofUnet = runs.filter(({ network }) => network.family === 'unet');

console.log('U-Net, mean over the folds:\n');
print(
  ['dataset', 'folds', 'test images', 'segmentability', 'J', 'B'],
  [16, 8, 4, 2, 1],
  ofUnet.filter((run) => firstLevelWidth(run) <= 16),
  (own) => {
    const folds = Map.groupBy(own, ({ fold }) => foldText(fold));
    const images = [...folds.values()].reduce((sum, [first]) => sum + (first?.testImages ?? 0), 0);
    const complexity = complexityOf.get(own[0]?.datasetFingerprint ?? '');
    const { jpeg = NaN, blobDensity = NaN } = complexity?.mean ?? {};
    const segmentability = complexity?.segmentability ?? NaN;
    return [String(folds.size), String(images), ...[segmentability, jpeg, blobDensity].map(digits)];
  },
);
const widened = new Set(
  ofUnet
    .filter((run) => firstLevelWidth(run) === 32)
    .map((run) => `${run.datasetFingerprint} ${foldText(run.fold)}`),
);
console.log('\nU-Net, the folds on which width 32 was trained:\n');
print(
  ['dataset'],
  [32, 16, 8],
  ofUnet.filter((run) => widened.has(`${run.datasetFingerprint} ${foldText(run.fold)}`)),
);
for (const family of ['fcn8s', 'cumedvision']) {
  console.log(`\n${family}:\n`);
  print(
    ['dataset'],
    [16, 8, 4, 2, 1],
    runs.filter(({ network }) => network.family === family),
  );
}

/** One line a dataset: what is said of it, and the mean test Dice of its networks, with a star where one has not learnt. */
function print(
  heads: readonly string[],
  widths: readonly number[],
  all: readonly CalibrationRun[],
  describe: (own: readonly CalibrationRun[]) => readonly string[] = () => [],
): void {
  const byDataset = [...Map.groupBy(all, ({ datasetName }) => datasetName)].sort(([a], [b]) =>
    a < b ? -1 : 1,
  );
  const rows = byDataset.map(([name, own]) => [
    name,
    ...describe(own),
    ...widths.map((width) => cell(own.filter((run) => firstLevelWidth(run) === width))),
  ]);
  const line = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`;
  console.log(line([...heads, ...widths.map(String)]));
  console.log(line([...heads, ...widths].map(() => '---')));
  for (const row of rows) console.log(line(row));
}

function cell(own: readonly CalibrationRun[]): string {
  if (own.length === 0) return '-';
  const star = own.every(({ learnt }) => learnt) ? '' : ' *';
  return `${digits(mean(own.map(({ testDice }) => testDice)))}${star}`;
}

function digits(value: number): string {
  return value.toFixed(3).replace(/^0/, '');
}
