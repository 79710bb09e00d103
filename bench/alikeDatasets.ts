/**
 * What it is worth that a dataset like the asked one has been calibrated: every dataset of the library is dealt into two, one with the first fold's runs and
 * the measures of the first half of its images, the other with the other folds' runs and the second half's measures. The second is predicted from all other
 * datasets, first without its sibling, then with it. (The networks of different folds share training images, which real siblings do not.)
 *
 *   node bench/alikeDatasets.ts FOLDER...
 *
 * The folders' names are those of the datasets in the library.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { mean } from '#common/statistics/mean.ts';
import { median } from '#common/statistics/median.ts';
import { averageComplexity } from '../src-main/complexity/averageComplexity.ts';
import { measureDataset } from '../src-main/complexity/measureDataset.ts';
import { measureSegmentability } from '../src-main/complexity/measureSegmentability.ts';
import type { DatasetCurve, MeasuredSize } from '../src-main/prediction/curves/datasetCurve.ts';
import { distance, placesAmong } from '../src-main/prediction/points/likeness.ts';
import { featuresOf, type Features } from '../src-main/prediction/points/measureScale.ts';
import { Project } from '../src-main/project/project.ts';
import { leftOutPredictions, type LeftOutDataset } from './prediction/leftOutPredictions.ts';
import { libraryCurves } from './prediction/libraryCurves.ts';
import { openWholeDataset } from './wholeDataset.ts';

const BASE = 16;
const ALIKE = 0.4;

const folders = process.argv.slice(2);
const sets = [...libraryCurves(new URL('../assets/starter-library.json', import.meta.url).pathname).values()];
const library = sets.reduce((a, b) => (b.length > a.length ? b : a));
const work = mkdtempSync(join(tmpdir(), 'ccnet-alike-'));
const project = Project.openOrCreate(join(work, 'bench.ccnet'));
const pairs: { readonly calibrated: DatasetCurve; readonly asked: DatasetCurve }[] = [];
for (const folder of folders) {
  const curve = library.find(({ name }) => name === basename(folder));
  if (!curve) throw new Error(`The library does not hold ${basename(folder)}.`);
  const [first, second] = await measuredHalves(folder);
  pairs.push({
    calibrated: {
      ...curve,
      dataset: `${curve.name} 1`,
      related: `${curve.name} 1`,
      ...part(curve, first, [0]),
    },
    asked: {
      ...curve,
      dataset: `${curve.name} 2`,
      related: `${curve.name} 2`,
      ...part(curve, second, [1, 2]),
    },
  });
  console.log(`${curve.name} measured`);
}
project.close();
rmSync(work, { recursive: true });

const place = placesAmong(pairs.flatMap(({ calibrated, asked }) => [calibrated.features, asked.features]));
const apart = (a: DatasetCurve, b: DatasetCurve): number => {
  const [here, there] = [place(a.features), place(b.features)];
  if (here === null || there === null) throw new Error(`${a.name} and ${b.name} cannot be compared.`);
  return distance(here, there);
};
const siblings = pairs.map(({ calibrated, asked }) => apart(calibrated, asked));
const strangers = pairs.flatMap(({ asked }, i) =>
  pairs.slice(i + 1).map((other) => apart(asked, other.calibrated)),
);
const near = (list: readonly number[]): string =>
  `${list.filter((one) => one < ALIKE).length} of ${list.length} nearer than ${ALIKE}, median ${median(list).toFixed(2)}`;
console.log(`Two halves of one dataset: ${near(siblings)}`);
console.log(`Different datasets: ${near(strangers)}`);

const [without, withSibling]: [LeftOutDataset[], LeftOutDataset[]] = [[], []];
for (const { calibrated, asked } of pairs) {
  const others = library.filter(
    ({ name, related }) =>
      name !== asked.name && related !== library.find((one) => one.name === asked.name)?.related,
  );
  const predict = (from: readonly DatasetCurve[]): Promise<LeftOutDataset[]> =>
    leftOutPredictions([asked, ...from], BASE, { widths: [] }, [], [asked]);
  without.push(...(await predict(others)));
  withSibling.push(...(await predict([...others, calibrated])));
}
tell('without the sibling', without);
tell('with it', withSibling);

async function measuredHalves(folder: string): Promise<[Features, Features]> {
  const { count, samples, close } = await openWholeDataset(project, folder);
  const measured = async (from: number, to: number): Promise<Features> => {
    const part = samples(from, to);
    const values = [];
    for await (const { complexity } of measureDataset(part)) values.push(complexity);
    const { value } = await measureSegmentability(part);
    return featuresOf({ mean: averageComplexity(values), segmentability: value, trainingImages: to - from });
  };
  const half = count >> 1;
  const both: [Features, Features] = [await measured(0, half), await measured(half, count)];
  await close();
  return both;
}

/** One dataset's runs of some folds. */
function part(
  curve: DatasetCurve,
  features: Features,
  folds: readonly number[],
): Pick<DatasetCurve, 'features' | 'sizes'> {
  const sizes = curve.sizes.flatMap((size): MeasuredSize[] => {
    const each = folds.flatMap((fold) => size.each[fold] ?? []);
    if (size.width < 2 || size.width > BASE || each.length === 0) return [];
    return [{ ...size, dice: mean(each), runs: each.length, each }];
  });
  return { features, sizes };
}

function tell(what: string, predictions: readonly LeftOutDataset[]): void {
  const sizes = predictions.flatMap((one) => one.sizes);
  const error = mean(sizes.map(({ measured, predicted }) => Math.abs(measured.dice - predicted.predicted)));
  const inside = mean(
    sizes.flatMap(({ measured, predicted: { low, high } }) =>
      measured.each.map((dice) => Number(low <= dice && dice <= high)),
    ),
  );
  const half = median(sizes.map(({ predicted: { low, high } }) => (high - low) / 2));
  console.log(
    `${what.padEnd(22)} Dice off by ${error.toFixed(3)}, single runs in the 90 % interval ${inside.toFixed(3)}, median half width ${half.toFixed(3)}`,
  );
}
