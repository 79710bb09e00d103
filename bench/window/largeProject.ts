import { createHash } from 'node:crypto';
import { link, mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { complexityRecipe } from '#common/dataset/complexityRecipe.ts';
import { type Complexity, MEASURES } from '#common/dataset/complexity.ts';
import { SPLITS } from '#common/dataset/splits.ts';
import type { JobRequest } from '#contract/jobs/jobKinds.ts';
import { generateDataset } from '../../src-main/demo/generateDataset.ts';
import { createJob } from '../../src-main/jobs/createJob.ts';
import type { NewImage } from '../../src-main/project/records/images.ts';
import { Project } from '../../src-main/project/project.ts';

/** What is drawn; the other images are further names of the same files. */
const DRAWN = 48;
const SIDE = 512;
const WORKING_SIDE = 256;

/** Names of the two datasets of the project. */
export const LARGE = 'Many glands';
const TRAINED = 'Cells to train';

const hash = (text: string): string => createHash('sha256').update(text).digest('hex');

export interface LargeProject {
  readonly path: string;
  /** The small dataset to train on. */
  readonly trained: number;
}

/**
 * Makes a project like that of a lab after a year: a dataset of so many images with their measures, so many calibration runs, a
 * prediction, and a small dataset to train on. Images are files that can be decoded, but only 48 of them differ.
 */
export async function largeProject(folder: string, images: number, runs: number): Promise<LargeProject> {
  const root = join(folder, 'many');
  const small = join(folder, 'cells');
  await generateDataset(join(folder, 'drawn'), { tissue: 'glands', images: DRAWN, side: SIDE, seed: 11 });
  await generateDataset(small, { tissue: 'cells', images: 24, side: SIDE / 2, seed: 12 });
  for (const part of ['images', 'masks']) {
    await mkdir(join(root, part), { recursive: true });
    for (let i = 0; i < images; i++) {
      const drawn = `glands-${String((i % DRAWN) + 1).padStart(3, '0')}.png`;
      await link(join(folder, 'drawn', part, drawn), join(root, part, `${nameOf(i)}.png`));
    }
  }
  const path = join(folder, 'large.ccnet');
  const project = Project.create(path);
  try {
    const large = fill(project, root, images);
    const question = { family: 'unet', width: 16, alphas: [1, 1 / 2, 1 / 4, 1 / 8, 1 / 16] } as const;
    await work(project, { kind: 'add-dataset', path: small, name: TRAINED, splitMode: 'hashed' });
    await work(project, { kind: 'import-library', file: null });
    repeatRuns(project, runs);
    await work(project, {
      kind: 'predict',
      dataset: large,
      ...question,
      alphas: [...question.alphas],
      limits: { retain: 0.95, safe: false },
      workingSide: WORKING_SIDE,
    });
    return { path, trained: project.datasets.named(TRAINED).id };
  } finally {
    project.close();
  }
}

const nameOf = (i: number): string => `section-${String(i + 1).padStart(5, '0')}`;

async function work(project: Project, request: JobRequest): Promise<void> {
  await createJob(request, project).run(new AbortController().signal, () => undefined);
}

/** @returns the id of the dataset */
function fill(project: Project, root: string, count: number): number {
  const images = Array.from({ length: count }, (_, i): NewImage => {
    const name = nameOf(i);
    const files = { image: `images/${name}.png`, masks: [`masks/${name}.png`], page: 0 };
    const pixels = { width: SIDE, height: SIDE, channels: 3, bitDepth: 8, maskReading: 'binary' } as const;
    const hashes = { imageHash: hash(`image ${i}`), maskHash: hash(`mask ${i}`) };
    return {
      ...{ name, ...files, ...pixels, ...hashes },
      foreground: 0.3 + 0.2 * wave(i, 0),
      givenSplit: null,
      group: null,
      split: SPLITS[i % 10 < 7 ? 0 : i % 10 < 8 ? 1 : 2] ?? 'train',
    };
  });
  const findings = images
    .filter((_, i) => i % 7 === 0)
    .map(({ image }) => ({
      severity: 'warning' as const,
      code: 'touches-border',
      file: image,
      problem: 'Half of the outline lies on the border.',
      remedy: 'Look at it.',
    }));
  const dataset = project.datasets.add(
    {
      name: LARGE,
      root,
      kind: 'folder',
      convention: 'images/ and masks/ folders',
      fingerprint: hash('large'),
      channels: 3,
      splitMode: 'hashed',
      grouping: null,
    },
    images,
    findings,
  );
  const values = project.images
    .ofDataset(dataset.id)
    .map(({ id }, i) => [
      id,
      Object.fromEntries(MEASURES.map((measure, m) => [measure, 0.5 + 0.4 * wave(i, m + 1)])) as Complexity,
    ]);
  project.complexity.put(complexityRecipe(WORKING_SIDE), new Map(values as [number, Complexity][]));
  return dataset.id;
}

/** A value in -1..1 that looks irregular over `i`, another for each `kind`. */
const wave = (i: number, kind: number): number => Math.sin(i * 12.9898 + kind * 78.233) ** 3;

/** Adds copies of the runs that are there, as of further seeds, until there are so many. */
function repeatRuns(project: Project, wanted: number): void {
  const known = project.runs.all();
  for (let i = 0; known.length > 0 && i < wanted - known.length; i++) {
    const run = known[i % known.length];
    if (run) project.runs.add({ ...run, seed: 1000 + Math.floor(i / known.length) });
  }
}
