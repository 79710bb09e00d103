/**
 * How time and memory of the commands grow with the number of datasets: `node bench/growth.ts [--datasets 10,100,1000] [--images 20000]
 * [--runs 5000]`. So many images and runs are dealt evenly to the datasets; runs and complexity are those of the starter library, each value
 * a little changed. The dataset that is asked about is drawn. Every command runs in a process of its own; printed are seconds and peak memory.
 */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { createHash } from 'node:crypto';
import { shippedLibrary } from '../src-main/calibration/shippedLibrary.ts';
import { readLibraryFile } from '../src-main/calibration/readLibraryFile.ts';
import { exportLibrary } from '../src-main/calibration/exportLibrary.ts';
import { generateDataset } from '../src-main/demo/generateDataset.ts';
import { Project } from '../src-main/project/project.ts';
import { exampleDataset, exampleImage } from '../test/project/examples.ts';
import { measuredCli } from './command/measuredCli.ts';

const { values } = parseArgs({
  options: {
    datasets: { type: 'string', default: '10,100,1000' },
    images: { type: 'string', default: '20000' },
    runs: { type: 'string', default: '5000' },
  },
});
const [images, runs] = [Number(values.images), Number(values.runs)];
const FAMILY = 'unet';
const ASKED = 'asked';

const hash = (text: string): string => createHash('sha256').update(text).digest('hex');
const wave = (index: number): number => Math.sin(index * 12.9898) ** 3;

/** The text of a library of so many datasets. */
function library(count: number): string {
  const starter = readLibraryFile(shippedLibrary('starter'));
  const templates = starter.datasets.map((dataset) => ({
    dataset,
    runs: starter.runs.filter(
      ({ datasetFingerprint, network }) =>
        datasetFingerprint === dataset.fingerprint && network.family === FAMILY,
    ),
  }));
  const all = Array.from({ length: count }, (_, index) => {
    const template = templates[index % templates.length];
    if (!template) throw new Error('The starter library is empty.');
    const [fingerprint, name] = [hash(`dataset ${index}`), `dataset ${index}`];
    const mean = Object.fromEntries(
      Object.entries(template.dataset.complexity.mean).map(([measure, value]) => [
        measure,
        typeof value === 'number' ? value * (1 + 0.02 * wave(index)) : value,
      ]),
    ) as typeof template.dataset.complexity.mean;
    const complexity = { ...template.dataset.complexity, mean };
    const own = Array.from({ length: Math.ceil(runs / count) }, (_run, run) => {
      const like = template.runs[run % template.runs.length];
      if (!like) throw new Error('A dataset of the starter library has no run.');
      const seed = 1000 + Math.floor(run / template.runs.length);
      const testDice = Math.min(1, Math.max(0, like.testDice + 0.01 * wave(index * 31 + run)));
      return { ...like, datasetFingerprint: fingerprint, datasetName: name, seed, testDice };
    });
    return { dataset: { ...template.dataset, fingerprint, name, complexity }, runs: own };
  });
  return exportLibrary(
    all.flatMap((one) => one.runs),
    all.map((one) => one.dataset),
  ).text;
}

/** Records of images that lie nowhere. */
function addDatasets(path: string, count: number): void {
  const project = Project.open(path);
  const each = Math.ceil(images / count);
  for (let index = 0; index < count; index++) {
    const some = Array.from({ length: each }, (_, image) =>
      exampleImage(image, { imageHash: hash(`${index} ${image}`), maskHash: hash(`m ${index} ${image}`) }),
    );
    const name = `images ${index}`;
    project.datasets.add({ ...exampleDataset, name, fingerprint: hash(name) }, some, []);
  }
  project.close();
}

for (const count of values.datasets.split(',').map(Number)) {
  const folder = mkdtempSync(join(tmpdir(), 'ccnet-growth-'));
  const at = (name: string): string => join(folder, name);
  const project = ['--project', at('lab.ccnet')];
  const question = ['--network', FAMILY, '--width', '16'];
  const measure = (name: string, ...words: string[]): void => {
    const { seconds, peak, exitCode, output } = measuredCli([...words, ...project]);
    const failed =
      exitCode === 0 || exitCode === 4 ? '' : ` exit ${String(exitCode)}: ${output.slice(0, 300)}`;
    console.log(
      `${String(count).padStart(5)} datasets  ${name.padEnd(24)} ${seconds.toFixed(1)} s  ${peak} MB${failed}`,
    );
  };
  try {
    writeFileSync(at('library.json'), library(count));
    await generateDataset(at('drawn'), { tissue: 'cells', images: 16, side: 256, seed: 3 });
    measure('dataset add', 'dataset', 'add', at('drawn'), '--name', ASKED, '--no-library');
    measure('library import', 'library', 'import', at('library.json'));
    addDatasets(at('lab.ccnet'), count);
    measure('open and list datasets', 'dataset', 'list');
    measure('run list', 'run', 'list');
    measure('library list', 'library', 'list');
    // The second time what was measured of the machine and the images is known.
    measure('predict, the first time', 'predict', ASKED, ...question);
    measure('predict', 'predict', ASKED, ...question);
    measure('report', 'report', ASKED, '--out', at('report.html'));
    measure('library export', 'library', 'export', at('out.json'));
  } finally {
    rmSync(folder, { recursive: true });
  }
}
