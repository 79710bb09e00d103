import { join } from 'node:path';
import { readdir, writeFile } from 'node:fs/promises';
import sharp from 'sharp';
import { expect, it } from 'vitest';
import { addDataset } from '../../src-main/jobs/dataset/addDataset.ts';
import { generateDataset } from '../../src-main/demo/generateDataset.ts';
import { Project } from '../../src-main/project/project.ts';
import { temporaryFolder } from '../project/temporaryFolder.ts';

it('a dataset whose masks are all empty is refused, however well its files are paired', async () => {
  const folder = temporaryFolder();
  const path = join(folder, 'cells');
  await generateDataset(path, { tissue: 'cells', images: 4, side: 64, seed: 3 });
  const empty = await sharp({ create: { width: 64, height: 64, channels: 3, background: 'black' } })
    .toColourspace('b-w')
    .png()
    .toBuffer();
  const masks = (await readdir(path, { recursive: true })).filter(
    (name) => /mask/.test(name) && /\.png$/.test(name),
  );
  expect(masks).toHaveLength(4);
  for (const name of masks) await writeFile(join(path, name), empty);
  const project = Project.create(join(folder, 'lab.ccnet'));
  const adding = addDataset({ kind: 'add-dataset', path, name: 'cells', splitMode: 'hashed' }, project).run(
    new AbortController().signal,
    () => undefined,
  );
  await expect(adding).rejects.toMatchObject({
    code: 'masks-of-one-kind',
    facts: { marks: 'nothing', masks: 4 },
  });
  expect(project.datasets.list()).toEqual([]);
  project.close();
});
