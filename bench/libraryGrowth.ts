/**
 * How import and prediction grow with the library: synthetic libraries of 10 to 10,000 datasets of five widths each are written as library files of
 * at most 2,000 datasets, imported into a new project, and a prediction is made from what the project then holds.
 *
 *     npx node bench/libraryGrowth.ts [--most 10000]
 */
import { mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import type { CalibratedDataset } from '#common/calibration/calibratedDataset.ts';
import type { CalibrationRun } from '#common/calibration/calibrationRun.ts';
import { Random } from '#common/random.ts';
import { exportLibrary } from '../src-main/calibration/exportLibrary.ts';
import { readLibraryFile } from '../src-main/calibration/readLibraryFile.ts';
import { shippedLibrary } from '../src-main/calibration/shippedLibrary.ts';
import { storeLibrary } from '../src-main/jobs/calibration/storeLibrary.ts';
import { predictAccuracy } from '../src-main/prediction/predictAccuracy.ts';
import { Project } from '../src-main/project/project.ts';

const { values } = parseArgs({ options: { most: { type: 'string', default: '10000' } } });
const WIDTHS = 5;
const IN_A_FILE = 2000;
/** The clock's answer in seconds, with what was done. */
async function timed<Result>(work: () => Result | Promise<Result>): Promise<[number, Result]> {
  const started = performance.now();
  const result = await work();
  return [(performance.now() - started) / 1000, result];
}

const real = readLibraryFile(shippedLibrary('starter'));
const random = Random.fromSeed(7);
const unit = (): number => random.word() / 2 ** 32;

/** A dataset with its runs, made from a real one: every figure is moved at random, so that none is another's copy. */
function synthetic(index: number): { dataset: CalibratedDataset; runs: CalibrationRun[] } {
  const prints = [...new Set(real.runs.map((run) => run.datasetFingerprint))];
  const print = prints[index % prints.length] ?? '';
  const known = real.datasets.find(({ fingerprint }) => fingerprint === print);
  if (!known) throw new Error(`The starter library does not describe ${print}.`);
  const fingerprint = index.toString(16).padStart(64, '0');
  const name = `synthetic ${index}`;
  const shift = (unit() - 0.5) * 0.1;
  const segmentability = known.complexity.segmentability;
  const dataset = {
    ...known,
    ...{ fingerprint, name, related: null },
    complexity: {
      ...known.complexity,
      segmentability: segmentability === null ? null : Math.min(1, Math.max(0, segmentability + shift)),
    },
  };
  const runs = real.runs
    .filter((run) => run.datasetFingerprint === print)
    .slice(0, WIDTHS)
    .map((run): CalibrationRun => {
      const testDice = Math.min(1, Math.max(0, run.testDice + shift + (unit() - 0.5) * 0.02));
      return { ...run, datasetFingerprint: fingerprint, datasetName: name, testDice };
    });
  return { dataset, runs };
}

console.log('datasets   runs  library MB  import s  read back s  prediction s  project MB');
for (const datasets of [10, 100, 300, 1000, 3000, 10_000].filter((count) => count <= Number(values.most))) {
  const folder = mkdtempSync(join(tmpdir(), 'ccnet-growth-'));
  try {
    const project = Project.create(join(folder, 'lab.ccnet'));
    let bytes = 0;
    let importing = 0;
    for (let first = 0; first < datasets; first += IN_A_FILE) {
      const some = Array.from({ length: Math.min(IN_A_FILE, datasets - first) }, (_, i) =>
        synthetic(first + i),
      );
      const { text } = exportLibrary(
        some.flatMap(({ runs }) => runs),
        some.map(({ dataset }) => dataset),
      );
      const file = join(folder, `library-${first}.json`);
      writeFileSync(file, text);
      bytes += text.length;
      importing += (await timed(() => storeLibrary(project, file)))[0];
    }
    const [reading, calibration] = await timed(() => project.runs.all());
    const target = synthetic(datasets + 1);
    const measured = project.calibratedDatasets.measuredBy(target.dataset.complexity.recipe);
    const width = calibration[0]?.network.width ?? 16;
    const [predicting] = await timed(() =>
      predictAccuracy({
        ...{ calibration, datasets: measured, width },
        target: { complexity: target.dataset.complexity, probes: [] },
        alphas: [1, 1 / 2, 1 / 4, 1 / 8, 1 / 16],
        parametersOf: (alpha) => Math.round(1e6 * alpha ** 2),
      }),
    );
    project.close();
    const megabytes = (value: number): string => (value / 1e6).toFixed(1).padStart(11);
    const seconds = (value: number): string => value.toFixed(2).padStart(10);
    console.log(
      `${String(datasets).padStart(8)} ${String(calibration.length).padStart(6)} ${megabytes(bytes)} ${seconds(importing)} ${seconds(reading).padStart(12)} ${seconds(predicting).padStart(13)} ${megabytes(statSync(project.path).size)}`,
    );
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
