import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { createJob } from '../../src-main/jobs/createJob.ts';
import { Project } from '../../src-main/project/project.ts';
import { reference } from '../dataset/formats/reference.ts';
import { folderOf } from '../dataset/support/folder.ts';
import { temporaryFolder } from '../project/temporaryFolder.ts';

/** The slices of so many patients with their segmentations, added to a project. */
async function added(patients: number) {
  const files: Record<string, Buffer> = {};
  reference.segmentation.slice(0, patients).forEach(({ annotation, slices }, patient) => {
    files[`${patient}/annotation.dcm`] = annotation;
    slices.forEach(({ bytes }, slice) => (files[`${patient}/slice${slice}`] = bytes));
  });
  const project = Project.create(join(temporaryFolder(), 'lab.ccnet'));
  onTestFinished(() => project.close());
  const request = {
    kind: 'add-dataset',
    path: await folderOf(files),
    name: 'ct',
    splitMode: 'hashed',
  } as const;
  const job = createJob<'add-dataset'>(request, project);
  const { id, findings } = await job.run(new AbortController().signal, () => undefined);
  return { dataset: project.datasets.required(id), images: project.images.ofDataset(id), findings };
}

it('slices of a patient lie in one split, and a project says nothing of who he is', async () => {
  const { images, dataset } = await added(3);
  const splitsOf = Map.groupBy(images, ({ group }) => group);
  expect([...splitsOf.keys()].sort()).toEqual(['patient 1', 'patient 2', 'patient 3']);
  for (const slices of splitsOf.values()) expect(new Set(slices.map(({ split }) => split)).size).toBe(1);
  expect(dataset.splitMode).toBe('hashed');
  expect(JSON.stringify([dataset, images])).not.toMatch(/secret/i);
});

it('slices of a single patient are dealt in blocks, with a warning that training and test share him', async () => {
  const { images, dataset, findings } = await added(1);
  expect(images.map(({ split }) => split)).toEqual(['train', 'validation', 'test']);
  expect(dataset.splitMode).toBe('ordered');
  expect(findings).toContainEqual(expect.objectContaining({ severity: 'warning', code: 'few-volumes' }));
});
