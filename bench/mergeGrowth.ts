/**
 * How the merging of a cluster's results grows with their number: `node bench/mergeGrowth.ts [--counts 250,1000,4000,10000]`. One training of a drawn
 * dataset is packed once for every seed, the first task is computed, and its result is written for every other seed. Each folder is then merged into a copy of
 * the project. Printed are seconds, milliseconds a result, and peak memory.
 */
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { parseArgs } from 'node:util';
import { DEFAULT_RECIPE } from '#common/training/defaultRecipe.ts';
import { planSweep } from '../src-main/calibration/planSweep.ts';
import { SweepFolder, taskId } from '../src-main/cluster/sweepFolder.ts';
import { generateDataset } from '../src-main/demo/generateDataset.ts';
import { mergeSweep } from '../src-main/jobs/cluster/mergeSweep.ts';
import { packSweep } from '../src-main/jobs/cluster/packSweep.ts';
import { runTask } from '../src-main/jobs/cluster/runTask.ts';
import { addDataset } from '../src-main/jobs/dataset/addDataset.ts';
import { datasetComplexity } from '../src-main/jobs/dataset/datasetComplexity.ts';
import { sweepTrainings } from '../src-main/jobs/sweep/sweepTraining.ts';
import { Project } from '../src-main/project/project.ts';

const { values } = parseArgs({ options: { counts: { type: 'string', default: '250,1000,4000,10000' } } });
const counts = values.counts.split(',').map(Number);
const SIDE = 64;
const work = mkdtempSync(join(tmpdir(), 'ccnet-merge-'));
const file = join(work, 'lab.ccnet');
const { signal } = new AbortController();
const silent = { signal, onProgress: () => undefined };

const project = Project.create(file);
const images = join(work, 'cells');
await generateDataset(images, { tissue: 'cells', images: 6, side: SIDE, seed: 5 });
const added = { kind: 'add-dataset', path: images, name: 'cells', splitMode: 'hashed' } as const;
const { id: dataset } = await addDataset(added, project).run(signal, silent.onProgress);
const record = project.datasets.required(dataset);
await datasetComplexity(project, record, SIDE, 'train', signal, silent.onProgress);
const recipe = {
  ...DEFAULT_RECIPE,
  ...{ workingSide: SIDE, crop: 32, batch: 2, epochs: 1, stepsPerEpoch: 2, warmupSteps: 0 },
};

/** A sweep of so many seeds, every one of which has its result. */
async function computed(count: number): Promise<SweepFolder> {
  const { name, fingerprint, channels } = record;
  const datasets = [{ name, fingerprint, channels, record }];
  const seeds = Array.from({ length: count }, (_, i) => i + 1);
  const plan = planSweep({ datasets, family: 'unet', width: 4, alphas: [0.5], seeds, recipe }, []);
  const folder = new SweepFolder(join(work, `sweep-${count}`));
  await packSweep(project, sweepTrainings(project, plan.toTrain), folder, {
    device: 'native',
    pack: false,
    ...silent,
  });
  const first = taskId(0);
  await runTask(folder.task(first), { threads: 1, ...silent });
  const result = readFileSync(folder.result(first), 'utf8');
  for (const [index, seed] of seeds.entries()) {
    const id = taskId(index);
    mkdirSync(dirname(folder.result(id)), { recursive: true });
    if (index === 0) continue;
    const own = result.replace('"seed":1,', `"seed":${seed},`).replace(`"task":"${first}"`, `"task":"${id}"`);
    writeFileSync(folder.result(id), own);
    cpSync(folder.weights(first), folder.weights(id));
  }
  return folder;
}

for (const count of counts) {
  const folder = await computed(count);
  const into = join(work, `into-${count}.ccnet`);
  cpSync(file, into);
  const copy = Project.open(into);
  const started = performance.now();
  const merged = await mergeSweep(copy, folder);
  const seconds = (performance.now() - started) / 1000;
  const stored = [...merged.values()].filter(({ as }) => as === 'stored').length;
  copy.close();
  if (stored !== count) throw new Error(`${stored} of ${count} were stored.`);
  const peak = Math.round(process.resourceUsage().maxRSS / 1024);
  console.log(
    `${String(count).padStart(6)} results: ${seconds.toFixed(1)} s, ${((1000 * seconds) / count).toFixed(2)} ms each, peak ${peak} MiB`,
  );
  rmSync(folder.path, { recursive: true });
  rmSync(into);
}
project.close();
rmSync(work, { recursive: true });
