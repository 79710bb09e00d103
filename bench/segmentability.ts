/**
 * Linear segmentability beside the program that defined it, on the same images of each folder (all of them, not the training images alone):
 *
 *   node bench/segmentability.ts --python PATH --reference SCRIPT FOLDER...
 *
 * SCRIPT prints `NAME<tab>VALUE` for each folder that it is given, and needs numpy, scipy, scikit-learn and Pillow. Printed: both values, the
 * difference, and the processor seconds of ours, decoding included; at last the greatest difference and Spearman's rank correlation. Both draw pixels by chance, from
 * other generators.
 */
import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { parseArgs, promisify } from 'node:util';
import { mean } from '#common/statistics/mean.ts';
import { measureSegmentability } from '../src-main/complexity/measureSegmentability.ts';
import { openSource } from '../src-main/dataset/source/openSource.ts';
import { sampleSource } from '../src-main/dataset/working/sampleSource.ts';
import { addDataset } from '../src-main/jobs/dataset/addDataset.ts';
import { Project } from '../src-main/project/project.ts';

const { values, positionals } = parseArgs({
  options: { python: { type: 'string' }, reference: { type: 'string' } },
  allowPositionals: true,
});
const { python, reference } = values;
if (python === undefined || reference === undefined) throw new Error('Name --python and --reference.');
const run = promisify(execFile);

interface Measured {
  readonly value: number;
  readonly seconds: number;
}

async function ours(project: Project, folder: string): Promise<Measured> {
  const { signal } = new AbortController();
  const request = {
    kind: 'add-dataset',
    path: folder,
    name: basename(folder),
    splitMode: 'ordered',
  } as const;
  const { id } = await addDataset(request, project).run(signal, () => undefined);
  const dataset = project.datasets.required(id);
  const before = process.cpuUsage();
  const source = await openSource(dataset.root);
  // In the reference's order: which 14 images are looked at, and which of them are the first half, hangs on it.
  const images = project.images.ofDataset(id).sort((a, b) => (a.name < b.name ? -1 : 1));
  const { channels, reading } = dataset;
  // The reference looks at fewer images, and halves them in one way only.
  const { images: tested } = await measureSegmentability(
    sampleSource(source, images, { workingSide: 256, channels, reading }),
    { images: 14 },
  );
  await source.close();
  const { user, system } = process.cpuUsage(before);
  return { value: mean(tested.flatMap(({ dice }) => dice ?? [])), seconds: (user + system) / 1e6 };
}

async function theirs(folder: string): Promise<number> {
  const { stdout } = await run(python ?? '', [reference ?? '', folder]);
  return Number(stdout.trim().split('\t')[1]);
}

function ranks(list: readonly number[]): number[] {
  const sorted = [...list].sort((a, b) => a - b);
  return list.map((value) => (sorted.indexOf(value) + sorted.lastIndexOf(value)) / 2);
}

function correlation(a: readonly number[], b: readonly number[]): number {
  const mean = (list: readonly number[]): number => list.reduce((sum, one) => sum + one, 0) / list.length;
  const centred = (list: readonly number[]): number[] => list.map((one) => one - mean(list));
  const [x, y] = [centred(a), centred(b)];
  const product = (p: readonly number[], q: readonly number[]): number =>
    p.reduce((sum, one, i) => sum + one * (q[i] ?? 0), 0);
  return product(x, y) / Math.sqrt(product(x, x) * product(y, y));
}

const work = mkdtempSync(join(tmpdir(), 'ccnet-segmentability-'));
const project = Project.openOrCreate(join(work, 'bench.ccnet'));
const rows: { ours: number; theirs: number }[] = [];
console.log('dataset'.padEnd(34), '   ours', 'reference', 'difference', 'processor s');
for (const folder of positionals) {
  const own = await ours(project, folder);
  const other = await theirs(folder);
  rows.push({ ours: own.value, theirs: other });
  console.log(
    basename(folder).padEnd(34),
    own.value.toFixed(3).padStart(7),
    other.toFixed(3).padStart(9),
    (own.value - other).toFixed(3).padStart(10),
    own.seconds.toFixed(2).padStart(11),
  );
}
project.close();
rmSync(work, { recursive: true });
const differences = rows.map((row) => Math.abs(row.ours - row.theirs));
const rank = correlation(ranks(rows.map((row) => row.ours)), ranks(rows.map((row) => row.theirs)));
console.log(
  `greatest difference ${Math.max(...differences).toFixed(3)}, rank correlation ${rank.toFixed(4)}`,
);
