import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import type { RequestOf } from '#contract/jobs/jobKinds.ts';
import { generateDataset } from '../../src-main/demo/generateDataset.ts';
import { addDataset } from '../../src-main/jobs/dataset/addDataset.ts';
import { datasetComplexity } from '../../src-main/jobs/dataset/datasetComplexity.ts';
import { complexityRecipe } from '#common/dataset/complexityRecipe.ts';
import { editImages } from '../../src-main/jobs/dataset/editImages.ts';
import type { DatasetRecord } from '../../src-main/project/records/datasets.ts';
import { Project } from '../../src-main/project/project.ts';
import { temporaryFolder } from '../project/temporaryFolder.ts';

const quiet = new AbortController().signal;

it('images that are added again and dealt otherwise are another dataset, whose runs are no evidence for them', async () => {
  const folder = temporaryFolder();
  const images = join(folder, 'cells');
  await generateDataset(images, { tissue: 'cells', images: 12, side: 64, seed: 3 });
  const project = Project.create(join(folder, 'lab.ccnet'));
  onTestFinished(() => project.close());
  const add = async (
    splitMode: 'hashed' | 'ordered',
    groups?: RequestOf<'add-dataset'>['groups'],
  ): Promise<DatasetRecord> => {
    const request = { kind: 'add-dataset', path: images, name: 'cells', splitMode, groups } as const;
    const { id } = await addDataset(request, project).run(quiet, () => undefined);
    return project.datasets.required(id);
  };
  const anew = async (...how: Parameters<typeof add>): Promise<DatasetRecord> => {
    project.datasets.remove(project.datasets.named('cells').id);
    return await add(...how);
  };

  const plain = await add('hashed');
  const blocks = await anew('ordered');
  expect(blocks.fingerprint).not.toBe(plain.fingerprint);
  expect(blocks.otherFingerprints).toEqual([plain.fingerprint]);
  await datasetComplexity(project, blocks, 64, 'train', quiet, () => undefined);
  expect(project.calibratedDatasets.measuredBy(complexityRecipe(64)).get(blocks.fingerprint)?.related).toBe(
    plain.fingerprint,
  );

  const again = await anew('hashed');
  expect(again.fingerprint).toBe(plain.fingerprint);
  expect(again.otherFingerprints).toEqual([blocks.fingerprint]);

  const [first] = project.images.ofDataset(again.id, 'train');
  editImages(project, again.id, [first?.id ?? 0], { kind: 'exclude', reason: 'blurred' });
  const edited = project.datasets.required(again.id);
  expect(edited.otherFingerprints.toSorted()).toEqual([plain.fingerprint, blocks.fingerprint].toSorted());
  editImages(project, again.id, [first?.id ?? 0], { kind: 'include' });
  expect(project.datasets.required(again.id).fingerprint).toBe(plain.fingerprint);
});
