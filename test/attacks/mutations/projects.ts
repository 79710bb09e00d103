import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import { CcnetError } from '#common/errors.ts';
import { DEFAULT_RECIPE } from '#common/training/defaultRecipe.ts';
import { Project } from '../../../src-main/project/project.ts';
import {
  exampleCheckpoint,
  exampleComplexity,
  exampleDataset,
  exampleImage,
  exampleNetwork,
  exampleRun,
} from '../../project/examples.ts';
import { mutate, MUTATIONS, type Outcome, seeded } from './mutate.ts';

/** Opens mutated project files and reads all that is in them. */
export function attackProjects(tries: number, seed: number): Outcome {
  const folder = mkdtempSync(join(tmpdir(), 'ccnet-projects-'));
  const path = join(folder, 'lab.ccnet');
  try {
    fill(path);
    const bytes = readFileSync(path);
    const good = contentOf(path);
    const counts = { refused: 0, right: 0, wrong: 0 };
    for (let number = 0; number < tries; number++) {
      const mutation = MUTATIONS[number % MUTATIONS.length] ?? 'bytes';
      writeFileSync(path, mutate(bytes, mutation, seeded(seed * 7919 + number)));
      try {
        counts[isDeepStrictEqual(contentOf(path), good) ? 'right' : 'wrong'] += 1;
      } catch (error) {
        if (!(error instanceof CcnetError)) throw error;
        counts.refused += 1;
      }
      for (const beside of ['-journal', '.lock']) rmSync(path + beside, { force: true });
    }
    return { what: 'projects', tries, ...counts };
  } finally {
    rmSync(folder, { recursive: true });
  }
}

function fill(path: string): void {
  const project = Project.create(path);
  const images = [1, 2, 3].map((number) => exampleImage(number));
  const { id } = project.datasets.add(exampleDataset, images, []);
  for (let seed = 1; seed <= 5; seed++) project.runs.add(exampleRun({ seed }));
  const [first] = project.images.firstIds(id, 1);
  project.complexity.put('r', new Map([[first ?? 0, exampleComplexity(3)]]));
  const plan = {
    datasetId: id,
    purpose: 'calibration',
    network: exampleNetwork,
    recipe: DEFAULT_RECIPE,
    seed: 1,
    fold: null,
  } as const;
  const training = project.trainings.add(plan);
  project.checkpoints.save(training.id, exampleCheckpoint(3));
  project.jobs.add('calibrate', 'Calibrate');
  project.close();
}

function contentOf(path: string): unknown {
  const project = Project.open(path);
  try {
    const datasets = project.datasets.list();
    return {
      datasets,
      images: datasets.map(({ id }) => project.images.ofDataset(id)),
      values: datasets.map(({ id }) => [...project.complexity.ofDataset(id, 'r')]),
      runs: project.runs.all(),
      checkpoint: project.checkpoints.load(1),
      trainings: project.trainings.list().map(({ state, seed }) => [state, seed]),
      jobs: project.jobs.latest(5).map(({ kind, title }) => [kind, title]),
    };
  } finally {
    project.close();
  }
}
