import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { Project } from '../../src-main/project/project.ts';
import { folderOf, soundPairs } from '../dataset/support/folder.ts';
import { discPixels, photoPixels, png, SIDE } from '../dataset/support/pictures.ts';
import { exampleDataset, exampleImage } from '../project/examples.ts';
import { temporaryFolder } from '../project/temporaryFolder.ts';
import { capture } from './capture.ts';

/** Pairs whose masks hold the classes 1 and 2, side by side. */
async function twoClasses(): Promise<string> {
  const files: Record<string, Buffer> = {};
  for (let i = 0; i < 6; i++) {
    files[`images/${i}.png`] = await png(photoPixels(i * 31));
    files[`masks/${i}.png`] = await png(
      discPixels(i).map((inside, at) => (inside === 0 ? 0 : at % SIDE < SIDE / 2 ? 1 : 2)),
    );
  }
  return folderOf(files);
}

const eachClass = (folder: string, project: string): string[] => [
  ...['dataset', 'add', folder, '--name', 'x', '--each-class', '--no-library', '--project', project],
];

function namesIn(path: string): string[] {
  const project = Project.open(path);
  const names = project.datasets.list().map(({ name }) => name);
  project.close();
  return names;
}

describe('ccnet dataset add --each-class', () => {
  it('adds none of the classes when one cannot be added, and all with the same command once it can', async () => {
    const path = join(temporaryFolder(), 'lab.ccnet');
    const folder = await twoClasses();
    const project = Project.create(path);
    const { id } = project.datasets.add({ ...exampleDataset, name: 'x 2' }, [exampleImage(1)], []);
    project.close();
    const failed = await capture(eachClass(folder, path));
    expect(failed.exitCode).toBe(2);
    expect(failed.stderr).toContain('x 2');
    expect(namesIn(path)).toEqual(['x 2']);
    const opened = Project.open(path);
    opened.datasets.remove(id);
    opened.close();
    expect((await capture(eachClass(folder, path))).exitCode).toBe(0);
    expect(namesIn(path)).toEqual(['x 1', 'x 2']);
  });
});

describe('a first ccnet dataset add that fails', () => {
  it.each([['--each-class'], []])('leaves no project behind %s', async (...options: string[]) => {
    const folder = temporaryFolder();
    const path = join(folder, 'lab.ccnet');
    const { exitCode } = await capture([
      ...['dataset', 'add', join(folder, 'nothing'), '--name', 'x', '--project', path, ...options],
    ]);
    expect(exitCode).not.toBe(0);
    expect(readdirSync(folder)).toEqual([]);
  });

  it('leaves a project alone that was there', async () => {
    const folder = temporaryFolder();
    const path = join(folder, 'lab.ccnet');
    Project.create(path).close();
    await capture(['dataset', 'add', join(folder, 'nothing'), '--name', 'x', '--project', path]);
    expect(existsSync(path)).toBe(true);
  });

  it('keeps what was added when only what follows fails', async () => {
    const path = join(temporaryFolder(), 'lab.ccnet');
    const folder = await folderOf(await soundPairs(6));
    const added = await capture(['dataset', 'add', folder, '--name', 'x', '--no-library', '--project', path]);
    expect(added.exitCode).toBe(0);
    const again = await capture(['dataset', 'add', folder, '--name', 'x', '--project', path]);
    expect(again.exitCode).toBe(2);
    expect(namesIn(path)).toEqual(['x']);
  });
});
