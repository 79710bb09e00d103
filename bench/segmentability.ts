/**
 * Linear segmentability beside the program that defined it, on the same images of each folder (all of them, not the training images alone):
 *
 *   node bench/segmentability.ts --python PATH --reference SCRIPT FOLDER...
 *
 * SCRIPT prints `NAME<tab>VALUE` for each folder that it is given, and needs numpy, scipy, scikit-learn and Pillow. Printed: ours, what SCRIPT gives for the
 * folder, and what its functions give for the very working images and masks that ours was measured on (peers/segmentability_reference.py: mean of four
 * draws), with both differences, and the processor seconds of ours, decoding included; at last the greatest differences and Spearman's rank correlations.
 */
import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs, promisify } from 'node:util';
import type { WorkingSample } from '#common/dataset/dataset.ts';
import { objectMask } from '#common/dataset/marks.ts';
import { mean } from '#common/statistics/mean.ts';
import { measureSegmentability } from '../src-main/complexity/measureSegmentability.ts';
import { Project } from '../src-main/project/project.ts';
import { openWholeDataset } from './wholeDataset.ts';

const { values, positionals } = parseArgs({
  options: { python: { type: 'string' }, reference: { type: 'string' } },
  allowPositionals: true,
});
const { python, reference } = values;
if (python === undefined || reference === undefined) throw new Error('Name --python and --reference.');
const run = promisify(execFile);
const PEER = fileURLToPath(new URL('peers/segmentability_reference.py', import.meta.url));

interface Measured {
  readonly value: number;
  readonly seconds: number;
  /** What was measured, in order. */
  readonly samples: readonly WorkingSample[];
}

async function ours(project: Project, folder: string): Promise<Measured> {
  // In the reference's order: which 14 images are looked at, and which of them are the first half, hangs on it.
  const whole = await openWholeDataset(project, folder);
  const all = whole.samples();
  const before = process.cpuUsage();
  // The reference looks at fewer images, and halves them in one way only.
  const { images: tested } = await measureSegmentability(all, { images: 14 });
  const { user, system } = process.cpuUsage(before);
  const samples = await Promise.all(tested.map(({ index }) => all.load(index)));
  await whole.close();
  return { value: mean(tested.flatMap(({ dice }) => dice ?? [])), seconds: (user + system) / 1e6, samples };
}

async function theirs(folder: string): Promise<number> {
  const { stdout } = await run(python ?? '', [reference ?? '', folder]);
  return Number(stdout.trim().split('\t')[1]);
}

async function theirsOf(samples: readonly WorkingSample[]): Promise<number> {
  const beside = mkdtempSync(join(work, 'samples-'));
  const described = samples.map(({ width, height, channels, image, mask }, i) => {
    writeFileSync(join(beside, `${i}.image`), image);
    writeFileSync(join(beside, `${i}.mask`), objectMask(mask));
    return { width, height, channels, image: `${i}.image`, mask: `${i}.mask` };
  });
  const list = join(beside, 'samples.json');
  writeFileSync(list, JSON.stringify(described));
  const { stdout } = await run(python ?? '', [PEER, reference ?? '', list]);
  rmSync(beside, { recursive: true });
  return Number(stdout.trim());
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
const rows: { ours: number; theirs: number; same: number }[] = [];
console.log(
  'dataset'.padEnd(34),
  '   ours',
  'reference',
  'difference',
  'same images',
  'difference',
  'processor s',
);
for (const folder of positionals) {
  const own = await ours(project, folder);
  const row = { ours: own.value, theirs: await theirs(folder), same: await theirsOf(own.samples) };
  rows.push(row);
  console.log(
    basename(folder).padEnd(34),
    row.ours.toFixed(3).padStart(7),
    row.theirs.toFixed(3).padStart(9),
    (row.ours - row.theirs).toFixed(3).padStart(10),
    row.same.toFixed(3).padStart(11),
    (row.ours - row.same).toFixed(3).padStart(10),
    own.seconds.toFixed(2).padStart(11),
  );
}
project.close();
rmSync(work, { recursive: true });
conclude('the reference', (row) => row.theirs);
conclude('the reference on the same images', (row) => row.same);

function conclude(what: string, of: (row: (typeof rows)[number]) => number): void {
  const differences = rows.map((row) => Math.abs(row.ours - of(row)));
  const rank = correlation(ranks(rows.map((row) => row.ours)), ranks(rows.map(of)));
  const within = differences.filter((difference) => difference <= 0.02).length;
  console.log(
    `${what}: greatest difference ${Math.max(...differences).toFixed(3)}, ${within} of ${rows.length} within .02, rank correlation ${rank.toFixed(4)}`,
  );
}
