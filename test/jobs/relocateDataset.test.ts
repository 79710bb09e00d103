import { cp, mkdir, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import sharp from 'sharp';
import { describe, expect, it } from 'vitest';
import { CancelledError, type CcnetError } from '#common/errors.ts';
import { createJob } from '../../src-main/jobs/createJob.ts';
import { Project } from '../../src-main/project/project.ts';
import { soundPairs } from '../dataset/support/folder.ts';
import { photoPixels, png } from '../dataset/support/pictures.ts';
import { zip } from '../dataset/support/zip.ts';
import { temporaryFolder } from '../project/temporaryFolder.ts';

const quiet = new AbortController().signal;
const silent = (): void => undefined;

async function write(folder: string, files: Readonly<Record<string, Buffer>>): Promise<void> {
  for (const [path, bytes] of Object.entries(files)) {
    await mkdir(join(folder, path, '..'), { recursive: true });
    await writeFile(join(folder, path), bytes);
  }
}

/** A project whose dataset of eight pairs lies in a folder of another disk. */
async function lab() {
  const folder = temporaryFolder();
  const disk = join(folder, 'disk', 'glands');
  const files = await soundPairs(8);
  await write(disk, files);
  await mkdir(join(folder, 'lab'));
  const project = Project.create(join(folder, 'lab', 'lab.ccnet'));
  const request = { kind: 'add-dataset', path: disk, name: 'glands', splitMode: 'hashed' } as const;
  const { id } = await createJob<'add-dataset'>(request, project).run(quiet, silent);
  const relocate = (path: string, signal = quiet) =>
    createJob<'relocate-dataset'>({ kind: 'relocate-dataset', dataset: id, path }, project).run(
      signal,
      silent,
    );
  const root = (): string | undefined => project.datasets.find('glands')?.root;
  return { folder, disk, files, id, project, relocate, root };
}

describe('relocating a dataset', () => {
  it('notes the new folder when every file is the same', async () => {
    const { folder, disk, project, relocate, root } = await lab();
    const moved = join(folder, 'elsewhere');
    await rename(disk, moved);
    expect(await relocate(moved)).toEqual({ dataset: 'glands', from: disk, to: moved, images: 8 });
    expect(root()).toBe(moved);
    project.close();
  });

  it('finds the folder of the old name in the chosen one', async () => {
    const { folder, disk, project, relocate, root } = await lab();
    await mkdir(join(folder, 'new'));
    await rename(disk, join(folder, 'new', 'glands'));
    await relocate(join(folder, 'new'));
    expect(root()).toBe(join(folder, 'new', 'glands'));
    project.close();
  });

  it('takes the same pictures from a .zip, or in another format', async () => {
    const { folder, files, project, relocate, root } = await lab();
    const again = await sharp(files['images/good0.png']).png({ compressionLevel: 0 }).toBuffer();
    const packed = join(folder, 'glands.zip');
    const entries = Object.entries({ ...files, 'images/good0.png': again });
    await writeFile(packed, zip(entries.map(([name, data]) => ({ name, data }))));
    await relocate(packed);
    expect(root()).toBe(packed);
    expect(project.datasets.find('glands')?.kind).toBe('zip');
    project.close();
  });

  it('changes nothing and lists what is missing and what has changed', async () => {
    const { folder, disk, project, relocate, root } = await lab();
    const other = join(folder, 'other');
    await cp(disk, other, { recursive: true });
    await rm(join(other, 'masks/good1.png'));
    await writeFile(join(other, 'images/good2.png'), await png(photoPixels(999)));
    await cp(join(other, 'masks/good4.png'), join(other, 'masks/good3.png'));
    await writeFile(join(other, 'images/good5.png'), 'no picture');
    const error: unknown = await relocate(other).catch((thrown: unknown) => thrown);
    expect(error).toMatchObject({ code: 'dataset-differs' });
    const { facts, message } = error as CcnetError<'dataset-differs'>;
    expect(facts.findings.map(({ code, file }) => `${code} ${file}`).sort()).toEqual([
      'changed-image images/good2.png',
      'changed-mask masks/good3.png',
      'missing-file masks/good1.png',
      'unreadable images/good5.png',
    ]);
    expect(message).toContain('1 missing, 3 changed or unreadable');
    expect(root()).toBe(disk);
    project.close();
  });

  it('is cancelled without a trace', async () => {
    const { disk, project, relocate, root } = await lab();
    await expect(relocate(disk, AbortSignal.abort())).rejects.toBeInstanceOf(CancelledError);
    expect(root()).toBe(disk);
    project.close();
  });
});

describe('a job on a dataset whose folder is gone', () => {
  it('says which', async () => {
    const { disk, id, project } = await lab();
    await rm(disk, { recursive: true });
    const request = { kind: 'measure-complexity', dataset: id, workingSide: 64 } as const;
    const error: unknown = await createJob<'measure-complexity'>(request, project)
      .run(quiet, silent)
      .catch((thrown: unknown) => thrown);
    expect(error).toMatchObject({ code: 'dataset-missing' });
    expect((error as Error).message).toContain(disk);
    project.close();
  });
});
