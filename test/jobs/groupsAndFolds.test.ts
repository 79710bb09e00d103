import { mkdir, mkdtemp, readdir, rename, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { foldsOf } from '#common/dataset/foldsOf.ts';
import { DEFAULT_RECIPE } from '#common/training/defaultRecipe.ts';
import type { RequestOf } from '#contract/jobs/jobKinds.ts';
import { generateDataset } from '../../src-main/demo/generateDataset.ts';
import { calibrate } from '../../src-main/jobs/calibration/calibrate.ts';
import { addDataset } from '../../src-main/jobs/dataset/addDataset.ts';
import { checkDataset } from '../../src-main/jobs/dataset/checkDataset.ts';
import { Project } from '../../src-main/project/project.ts';

const PATIENTS = 5;
const VISITS = 3;
const run = { signal: new AbortController().signal, onProgress: () => undefined };
let folder: string;
let project: Project;
let path: string;

/** Five patients at three times each, as P1_t1.png to P5_t3.png. */
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'ccnet-groups-'));
  path = join(folder, 'visits');
  await generateDataset(join(folder, 'drawn'), {
    tissue: 'cells',
    images: PATIENTS * VISITS,
    side: 64,
    seed: 5,
  });
  for (const part of await readdir(join(folder, 'drawn'))) {
    await mkdir(join(path, part), { recursive: true });
    const files = (await readdir(join(folder, 'drawn', part))).sort();
    for (const [i, file] of files.entries()) {
      const name = `P${1 + Math.floor(i / VISITS)}_t${1 + (i % VISITS)}.png`;
      await rename(join(folder, 'drawn', part, file), join(path, part, name));
    }
  }
  project = Project.create(join(folder, 'lab.ccnet'));
});
afterAll(async () => {
  project.close();
  await rm(folder, { recursive: true });
});

function add(name: string, groups: Partial<RequestOf<'add-dataset'>>): Promise<{ id: number }> {
  const request = { kind: 'add-dataset', path, name, splitMode: 'hashed', ...groups } as const;
  return addDataset(request, project).run(run.signal, run.onProgress);
}

/** Splits in which each patient lies. */
function splitsOfPatients(dataset: number): string[][] {
  const patients = Map.groupBy(project.images.ofDataset(dataset), ({ name }) => name.split('_')[0]);
  return [...patients.values()].map((images) => [...new Set(images.map(({ split }) => split))]);
}

describe('a dataset of patients', () => {
  it('is found by the doctor, who says how to keep them together', async () => {
    const { findings } = await checkDataset({ kind: 'check-dataset', path }).run(run.signal, run.onProgress);
    expect(findings.find(({ code }) => code === 'groups-in-names')).toMatchObject({
      severity: 'warning',
      problem: expect.stringContaining('5 groups (p1, p2, p3, ...)') as string,
      remedy: { kind: 'keep-groups', pattern: '{group}_*' },
    });
  });

  it('keeps each patient in one split, by a pattern or by a table', async () => {
    const table = join(path, '..', 'patients.csv');
    const rows = Array.from({ length: PATIENTS * VISITS }, (_, i) => {
      const patient = 1 + Math.floor(i / VISITS);
      return `P${patient}_t${1 + (i % VISITS)}.png,patient ${patient}`;
    });
    await writeFile(table, ['image,patient', ...rows].join('\n'));
    const byName = await add('by name', { groups: { by: 'name', pattern: '{group}_*' } });
    const byTable = await add('by table', { groupTable: table });
    for (const { id } of [byName, byTable]) {
      expect(splitsOfPatients(id).every((splits) => splits.length === 1)).toBe(true);
    }
    expect(project.datasets.byId(byTable.id)?.grouping).toEqual({ by: 'table', file: 'patients.csv' });
    expect(project.images.ofDataset(byTable.id).map(({ group }) => group)).toContain('patient 5');
  });

  it('is not added when the rule leaves images without a group', async () => {
    await expect(add('torn', { groups: { by: 'name', pattern: 'P1_{group}' } })).rejects.toMatchObject({
      code: 'images-without-group',
      facts: { count: 12, of: 15 },
    });
    expect(project.datasets.find('torn')).toBeUndefined();
  });
});

describe('calibration in folds', () => {
  it('tests every image once, stores the folds as runs of their own, and trains none of them again', async () => {
    const { id } = await add('folded', { groups: { by: 'name', pattern: '{group}_*' } });
    const recipe = {
      ...DEFAULT_RECIPE,
      workingSide: 64,
      crop: 32,
      batch: 2,
      epochs: 1,
      stepsPerEpoch: 2,
      warmupSteps: 0,
    };
    const sweep: RequestOf<'calibrate'> = {
      ...{
        kind: 'calibrate',
        datasets: [id],
        family: 'unet',
        width: 2,
        alphas: [1],
        seeds: [1],
        folds: foldsOf(3),
      },
      ...{ recipe, device: 'native', threads: 1 },
    };
    const first = await calibrate(sweep, project).run(run.signal, run.onProgress);
    expect(first.trained).toBe(3);
    expect(first.runs.map(({ fold }) => fold)).toEqual(['1/3', '2/3', '3/3']);
    const tested = project.networks.list(id).flatMap(({ test }) => test.perImage.map(({ name }) => name));
    expect(tested.toSorted()).toEqual(
      project.images
        .ofDataset(id)
        .map(({ name }) => name)
        .toSorted(),
    );
    const again = await calibrate({ ...sweep, folds: undefined }, project).run(run.signal, run.onProgress);
    expect([again.trained, again.skipped]).toEqual([1, 0]);
    expect((await calibrate(sweep, project).run(run.signal, run.onProgress)).trained).toBe(0);
  });
});
