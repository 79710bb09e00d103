import { expect, it, onTestFinished } from 'vitest';
import { join } from 'node:path';
import { imagesOfDepth } from '../../src-main/jobs/export/imagesOfDepth.ts';
import { Project } from '../../src-main/project/project.ts';
import { exampleDataset, exampleImage } from '../project/examples.ts';
import { temporaryFolder } from '../project/temporaryFolder.ts';

it('a file for one depth is run again on test images of it, and where there are none on others of it', () => {
  const project = Project.create(join(temporaryFolder(), 'lab.ccnet'));
  onTestFinished(() => project.close());
  const images = [
    exampleImage(1, { bitDepth: 16 }),
    exampleImage(2, { bitDepth: 8 }),
    exampleImage(3, { bitDepth: 8, split: 'test' }),
  ];
  const { id } = project.datasets.add(exampleDataset, images, []);
  const names = (depth: 8 | 16 | 32): string[] => imagesOfDepth(project, id, depth).map(({ name }) => name);
  expect(names(8)).toEqual(['train_3']);
  expect(names(16)).toEqual(['train_1']);
  expect(names(32)).toEqual([]);
});
