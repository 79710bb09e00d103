/**
 * Trains the library that comes with the product, and writes assets/starter-library.json:
 *
 *   node scripts/make-starter-library.ts DATASETS WORK [--network unet] [--width 16] [--alphas 1,1/2,1/4,1/8,1/16] [--folds 3] [--only NAME,NAME] [--write-only]
 *
 * DATASETS holds one folder a dataset. One project a processor core is made in WORK, and each trains its share of the datasets; what WORK or the
 * library of before holds already is not trained again, so that it can be stopped at any time. A fold of a dataset goes into the library when every
 * size of it is there.
 */
import { spawn } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { canonicalJson } from '#common/canonicalJson.ts';
import type { CalibratedDataset } from '#common/calibration/calibratedDataset.ts';
import type { CalibrationRun } from '#common/calibration/calibrationRun.ts';
import { runKey } from '#common/calibration/runKey.ts';
import { foldText } from '#common/dataset/foldText.ts';
import { parseFactor } from '#common/network/factor.ts';
import { DEFAULT_RECIPE } from '#common/training/defaultRecipe.ts';
import { exportLibrary } from '../src-main/calibration/exportLibrary.ts';
import { readLibraryFile } from '../src-main/calibration/readLibraryFile.ts';
import { writeFileSafely } from '../src-main/files/writeFileSafely.ts';
import { addDataset } from '../src-main/jobs/dataset/addDataset.ts';
import { Project } from '../src-main/project/project.ts';
import { GROUPS, RELATED } from './starterLibrary/datasets.ts';

const LIBRARY = fileURLToPath(new URL('../assets/starter-library.json', import.meta.url));
const CLI = fileURLToPath(new URL('../src-main/cli.ts', import.meta.url));

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    network: { type: 'string', default: 'unet' },
    width: { type: 'string', default: '16' },
    alphas: { type: 'string', default: '1,1/2,1/4,1/8,1/16' },
    folds: { type: 'string', default: '3' },
    only: { type: 'string' },
    'write-only': { type: 'boolean', default: false },
  },
});
const [datasets, work] = positionals;
if (!datasets || !work) throw new Error('Name the folder of the datasets and a folder to work in.');

const recipe = canonicalJson(DEFAULT_RECIPE);
const before = readLibraryFile(LIBRARY);
const known = before.runs.filter((run) => run.fold !== null && canonicalJson(run.recipe) === recipe);
mkdirSync(work, { recursive: true });
const names = readdirSync(datasets, { withFileTypes: true })
  .filter((entry) => entry.isDirectory() && (values.only?.split(',').includes(entry.name) ?? true))
  .map(({ name }) => name)
  .sort();
const parts = Array.from({ length: availableParallelism() }, (_, part) => ({
  file: join(work, `part-${part}.ccnet`),
  names: names.filter((_name, i) => i % availableParallelism() === part),
}));
if (!values['write-only']) {
  for (const part of parts) await prepare(part.file, part.names, datasets);
  await Promise.all(
    parts.filter((part) => part.names.length > 0).map((part) => train(part.file, part.names)),
  );
}
await write();

async function prepare(file: string, share: readonly string[], folder: string): Promise<void> {
  const project = Project.openOrCreate(file);
  project.runs.import(known);
  for (const name of share.filter((one) => !project.datasets.find(one))) {
    const pattern = GROUPS[name];
    const groups = pattern === undefined ? {} : { groups: { by: 'name', pattern } as const };
    const path = join(folder, name);
    const { id } = await addDataset(
      { kind: 'add-dataset', path, name, splitMode: 'ordered', ...groups },
      project,
    ).run(new AbortController().signal, () => undefined);
    // Runs of folds are of the images, however those are dealt: who has the same images is to know them by these alone.
    const { fingerprint } = project.datasets.required(id);
    project.datasets.refingerprint(id, project.datasets.imagesOf(fingerprint) ?? fingerprint);
  }
  project.close();
}

function train(file: string, share: readonly string[]): Promise<void> {
  const { network, width, alphas, folds } = values;
  const sizes = ['--network', network, '--width', width, '--alphas', alphas, '--folds', folds];
  const args = [CLI, 'calibrate', ...share, ...sizes, '--threads', '1', '--project', file];
  const child = spawn(process.execPath, args, { stdio: ['ignore', 'ignore', 'inherit'] });
  return new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('exit', (code) => (code === 0 ? resolve() : reject(new Error(`${file}: exit ${code}`))));
  });
}

async function write(): Promise<void> {
  const trained: CalibrationRun[] = [];
  const described = new Map(before.datasets.map((dataset) => [dataset.fingerprint, dataset]));
  for (const { file } of parts.filter((part) => existsSync(part.file))) {
    const project = Project.open(file);
    for (const run of project.runs.all()) {
      if (run.fold !== null && canonicalJson(run.recipe) === recipe && ofThisSweep(run)) trained.push(run);
    }
    for (const dataset of project.calibratedDatasets.list()) described.set(dataset.fingerprint, dataset);
    project.close();
  }
  const kept = wholeFolds(trained);
  const runs = new Map([...known, ...kept].map((run) => [runKey(run), run]));
  const whole = [...runs.values()].sort(inOrder);
  const library = exportLibrary(whole, [...described.values()].map(withRelated).sort(byName));
  await writeFileSafely(LIBRARY, library.text);
  const sets = new Set(whole.map((run) => run.datasetName));
  console.log(
    `${library.exported} runs on ${sets.size} datasets; ${trained.length - kept.length} of unfinished folds left out`,
  );
}

function ofThisSweep({ network }: CalibrationRun): boolean {
  return network.family === values.network && network.width === Number(values.width);
}

/** Runs of folds of which every size is there: a mean over folds must not have other folds for every size. */
function wholeFolds(runs: readonly CalibrationRun[]): CalibrationRun[] {
  const asked = values.alphas.split(',').map(parseFactor);
  const folds = Map.groupBy(runs, ({ datasetFingerprint, network, seed, fold }) =>
    canonicalJson([datasetFingerprint, network.family, network.width, seed, foldText(fold)]),
  );
  return [...folds.values()].flatMap((fold) =>
    asked.every((alpha) => fold.some(({ network }) => network.factor === alpha)) ? fold : [],
  );
}

function withRelated(dataset: CalibratedDataset): CalibratedDataset {
  return { ...dataset, related: RELATED[dataset.name] ?? null };
}

function byName(a: CalibratedDataset, b: CalibratedDataset): number {
  return a.name < b.name ? -1 : 1;
}

function inOrder(a: CalibrationRun, b: CalibrationRun): number {
  const place = ({ datasetName, network, seed, fold, parameters }: CalibrationRun): string =>
    canonicalJson([datasetName, network.family, seed, foldText(fold), parameters.toString().padStart(10)]);
  return place(a) < place(b) ? -1 : 1;
}
