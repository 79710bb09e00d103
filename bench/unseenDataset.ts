/**
 * How long it takes to predict a dataset that was never seen, from the folder to the answer, in a new project with the starter library, part by part.
 * Processor seconds stand beside wall seconds, because other work on the machine makes the latter longer.
 *
 *   node bench/unseenDataset.ts [FOLDER] [--images 40]
 *
 * Without a folder, 40 drawn images of 512 x 512 pixels; of a folder (with images/ and masks/), the first 40 pairs.
 */
import { copyFileSync, mkdirSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { availableParallelism, tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { DEFAULT_ALPHAS } from '#common/network/defaultAlphas.ts';
import type { OnProgress } from '#contract/progress.ts';
import { generateDataset } from '../src-main/demo/generateDataset.ts';
import { newProject } from '../src-main/jobs/calibration/newProject.ts';
import { addDataset } from '../src-main/jobs/dataset/addDataset.ts';
import { predict } from '../src-main/jobs/prediction/predict.ts';

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { images: { type: 'string', default: '40' } },
});
const images = Number(values.images);
const [given] = positionals;
const work = mkdtempSync(join(tmpdir(), 'ccnet-unseen-'));
const folder = join(work, 'unseen');
if (given === undefined) await generateDataset(folder, { tissue: 'glands', images, side: 512, seed: 1 });
else copyPairs(given, folder);

const parts = new Map<string, { wall: number; processor: number }>();
let part = 'Making the project with the starter library';
let since = { wall: performance.now(), processor: process.cpuUsage() };
function next(name: string): void {
  const { user, system } = process.cpuUsage(since.processor);
  const before = parts.get(part) ?? { wall: 0, processor: 0 };
  parts.set(part, {
    wall: before.wall + (performance.now() - since.wall) / 1000,
    processor: before.processor + (user + system) / 1e6,
  });
  part = name;
  since = { wall: performance.now(), processor: process.cpuUsage() };
}
const onProgress: OnProgress = ({ stage }) => {
  if (stage !== part) next(stage);
};

const { signal } = new AbortController();
const project = newProject(join(work, 'unseen.ccnet'), { starterLibrary: true });
next('Reading the folder');
const request = { kind: 'add-dataset', path: folder, name: 'unseen', splitMode: 'hashed' } as const;
const { id } = await addDataset(request, project).run(signal, onProgress);
next('Opening the images');
const answer = await predict(
  {
    kind: 'predict',
    dataset: id,
    family: 'unet',
    width: 16,
    alphas: [...DEFAULT_ALPHAS],
    limits: { retain: 0.95, safe: false },
    workingSide: 256,
  },
  project,
).run(signal, onProgress);
next('');
project.close();
rmSync(work, { recursive: true });

const all = [...parts.values()];
const sum = (of: 'wall' | 'processor'): number => all.reduce((total, one) => total + one[of], 0);
console.log(`${images} images, ${availableParallelism()} cores; seconds, and processor seconds`);
for (const [name, { wall, processor }] of parts)
  console.log(`${name.padEnd(52)}${wall.toFixed(2).padStart(8)}${processor.toFixed(2).padStart(8)}`);
console.log(
  `${'altogether'.padEnd(52)}${sum('wall').toFixed(2).padStart(8)}${sum('processor').toFixed(2).padStart(8)}`,
);
console.log(`rests on ${answer.error.datasets} datasets, predictor ${answer.error.predictor}`);

function copyPairs(from: string, to: string): void {
  for (const kind of ['images', 'masks']) {
    mkdirSync(join(to, kind), { recursive: true });
    for (const file of readdirSync(join(from, kind)).sort().slice(0, images))
      copyFileSync(join(from, kind, file), join(to, kind, file));
  }
}
