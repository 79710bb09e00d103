import { join } from 'node:path';
import { expect, it } from 'vitest';
import { generateDataset } from '../../src-main/demo/generateDataset.ts';
import { addDataset } from '../../src-main/jobs/dataset/addDataset.ts';
import { Project } from '../../src-main/project/project.ts';
import { temporaryFolder } from '../project/temporaryFolder.ts';

it('the same images and masks under another name are noticed, other ones are not', async () => {
  const folder = temporaryFolder();
  for (const [name, seed] of [
    ['cells', 3],
    ['others', 4],
  ] as const) {
    await generateDataset(join(folder, name), { tissue: 'cells', images: 6, side: 64, seed });
  }
  const project = Project.create(join(folder, 'lab.ccnet'));
  const add = async (from: string, name: string): Promise<string[]> => {
    const request = { kind: 'add-dataset', path: join(folder, from), name, splitMode: 'hashed' } as const;
    const added = await addDataset(request, project).run(new AbortController().signal, () => undefined);
    return added.findings.filter(({ code }) => code === 'already-added').map(({ problem }) => problem);
  };
  expect(await add('cells', 'first')).toEqual([]);
  expect(await add('others', 'second')).toEqual([]);
  expect(await add('cells', 'third')).toEqual([
    'The project has the same images with the same masks already, as "first".',
  ]);
  project.close();
});
