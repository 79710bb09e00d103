import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { changeImages, editImages } from '../../src-main/jobs/dataset/editImages.ts';
import { createJob } from '../../src-main/jobs/createJob.ts';
import { Project } from '../../src-main/project/project.ts';
import { capture } from '../cli/capture.ts';
import { soundPairs } from '../dataset/support/folder.ts';
import { exampleRun } from '../project/examples.ts';
import { temporaryFolder } from '../project/temporaryFolder.ts';

const quiet = new AbortController().signal;

/** A project with one dataset of 12 images, of which two and two belong together. */
async function lab(): Promise<{ project: Project; path: string; dataset: number }> {
  const folder = temporaryFolder();
  for (const [file, bytes] of Object.entries(await soundPairs(12))) {
    const renamed = file.replace(/good(\d+)/, (_, number: string) => `p${Number(number) >> 1}_${number}`);
    await mkdir(join(folder, 'cells', renamed, '..'), { recursive: true });
    await writeFile(join(folder, 'cells', renamed), bytes);
  }
  const path = join(folder, 'lab.ccnet');
  const project = Project.create(path);
  onTestFinished(() => project.close());
  const groups = { by: 'name', pattern: '{group}_*' } as const;
  const request = {
    kind: 'add-dataset',
    path: join(folder, 'cells'),
    name: 'cells',
    splitMode: 'hashed',
    groups,
  } as const;
  const { id } = await createJob<'add-dataset'>(request, project).run(quiet, () => undefined);
  return { project, path, dataset: id };
}

describe('an image that is left out after it was added', () => {
  it('counts nowhere any more, keeps its reason, and is taken in again', async () => {
    const { project, dataset } = await lab();
    const [first] = project.images.ofDataset(dataset, 'train');
    if (!first) throw new Error('There is no training image.');
    const before = project.datasets.required(dataset).fingerprint;
    editImages(project, dataset, [first.id], { kind: 'exclude', reason: 'out of focus' });
    expect(project.images.ofDataset(dataset).some(({ id }) => id === first.id)).toBe(false);
    expect(project.images.allOfDataset(dataset).find(({ id }) => id === first.id)?.excluded).toBe(
      'out of focus',
    );
    expect(project.datasets.required(dataset).otherFingerprints).toContain(before);
    editImages(project, dataset, [first.id], { kind: 'include' });
    expect(project.datasets.required(dataset).fingerprint).toBe(before);
    expect(project.images.ofDataset(dataset)).toHaveLength(12);
  });

  it('is not left out where its split would be empty', async () => {
    const { project, dataset } = await lab();
    const test = project.images.ofDataset(dataset, 'test').map(({ id }) => id);
    expect(() => editImages(project, dataset, test, { kind: 'exclude', reason: 'x' })).toThrow(
      expect.objectContaining({ code: 'split-left-empty', facts: { dataset: 'cells', split: 'test' } }),
    );
    expect(project.images.ofDataset(dataset, 'test')).toHaveLength(test.length);
  });
});

describe('an image that is moved to another split', () => {
  it('takes along what belongs together with it, and what undoes it brings all of it back', async () => {
    const { project, dataset } = await lab();
    const before = project.datasets.required(dataset).fingerprint;
    const [first] = project.images.ofDataset(dataset, 'train');
    if (!first) throw new Error('There is no training image.');
    const outcome = editImages(project, dataset, [first.id], { kind: 'move', split: 'test' });
    expect(outcome).toMatchObject({ alongside: 1 });
    const moved = project.images.ofDataset(dataset, 'test').filter(({ group }) => group === first.group);
    expect(moved).toHaveLength(2);
    expect(project.datasets.required(dataset).fingerprint).not.toBe(before);
    changeImages(project, dataset, outcome.before);
    expect(project.datasets.required(dataset).fingerprint).toBe(before);
  });

  it('leaves runs that were made before with what they were trained on', async () => {
    const { project, dataset } = await lab();
    const { fingerprint } = project.datasets.required(dataset);
    project.runs.add(exampleRun({ datasetFingerprint: fingerprint, datasetName: 'cells' }));
    const [first] = project.images.ofDataset(dataset, 'train');
    editImages(project, dataset, [first?.id ?? 0], { kind: 'move', split: 'validation' });
    const edited = project.datasets.required(dataset);
    expect(project.runs.all().map((run) => run.datasetFingerprint)).toEqual([fingerprint]);
    expect(edited.fingerprint).not.toBe(fingerprint);
    expect(edited.otherFingerprints).toContain(fingerprint);
  });
});

describe('ccnet dataset', () => {
  it('exclude, include, move and images do it at the command line, and name an image that there is not', async () => {
    const { project, path } = await lab();
    project.close();
    const told = (...words: string[]) => capture(['dataset', ...words, '--project', path]);
    expect(await told('exclude', 'cells', 'p0_0', '--reason', 'stained twice')).toMatchObject({
      exitCode: 0,
    });
    const listed = await told('images', 'cells', '--json');
    const [first] = JSON.parse(listed.stdout) as { name: string; excluded: string | null }[];
    expect(first).toMatchObject({ name: 'p0_0', excluded: 'stained twice' });
    expect(await told('include', 'cells', 'images/p0_0.png')).toMatchObject({ exitCode: 0 });
    const moved = await told('move', 'cells', 'p1_2', '--to', 'validation', '--json');
    expect(moved.exitCode).toBe(0);
    const unknown = await told('exclude', 'cells', 'p9_99', '--reason', 'x');
    expect(unknown.exitCode).toBe(2);
    expect(unknown.stderr).toContain('"cells" has no image "p9_99".');
  });
});
