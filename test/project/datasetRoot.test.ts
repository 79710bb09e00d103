import { mkdirSync, renameSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { describe, expect, it } from 'vitest';
import { Project } from '../../src-main/project/project.ts';
import { exampleDataset, exampleImage } from './examples.ts';
import { temporaryFolder } from './temporaryFolder.ts';
import { failing } from '../failing.ts';

const onWindows = process.platform === 'win32';

function projectWith(folder: string, root: string): string {
  for (const made of [folder, root]) mkdirSync(made, { recursive: true });
  const path = join(folder, 'lab.ccnet');
  const project = Project.create(path);
  project.datasets.add({ ...exampleDataset, root }, [exampleImage(1)], []);
  project.close();
  return path;
}

function rootIn(path: string): string | undefined {
  const project = Project.open(path, { readOnly: true });
  const root = project.datasets.list()[0]?.root;
  project.close();
  return root;
}

function stored(path: string): unknown {
  const raw = new Database(path, { readonly: true });
  const root = raw.prepare('SELECT root FROM datasets').pluck().get();
  raw.close();
  return root;
}

describe('the files of a dataset', () => {
  it("in the project's folder are found again when both are moved together", () => {
    const folder = temporaryFolder();
    const path = projectWith(join(folder, 'old'), join(folder, 'old', 'images', 'glands'));
    expect(stored(path)).toBe('images/glands');
    renameSync(join(folder, 'old'), join(folder, 'new'));
    expect(rootIn(join(folder, 'new', 'lab.ccnet'))).toBe(join(folder, 'new', 'images', 'glands'));
  });

  it("may be the project's folder itself", () => {
    const folder = temporaryFolder();
    const path = projectWith(folder, folder);
    expect(stored(path)).toBe('.');
    expect(rootIn(path)).toBe(folder);
  });

  it('elsewhere keep their absolute path, also beside a folder whose name begins alike', () => {
    const folder = temporaryFolder();
    const root = join(folder, 'lab-images');
    const path = projectWith(join(folder, 'lab'), root);
    expect(stored(path)).toBe(root);
    expect(rootIn(path)).toBe(root);
  });

  it.skipIf(onWindows)('behind a link that leads out of the folder keep their absolute path', () => {
    const folder = temporaryFolder();
    mkdirSync(join(folder, 'elsewhere'));
    mkdirSync(join(folder, 'lab'));
    const root = join(folder, 'lab', 'images');
    symlinkSync(join(folder, 'elsewhere'), root);
    expect(stored(projectWith(join(folder, 'lab'), root))).toBe(root);
  });

  it.skipIf(onWindows).each(['H:E slides', 'H:/slides', '\\\\a'])(
    'in a folder of the project called %j are found again when both are moved together',
    (name) => {
      const folder = temporaryFolder();
      const path = projectWith(join(folder, 'old'), join(folder, 'old', name));
      expect(stored(path)).toBe(`./${name}`);
      expect(rootIn(path)).toBe(join(folder, 'old', name));
      renameSync(join(folder, 'old'), join(folder, 'new'));
      expect(rootIn(join(folder, 'new', 'lab.ccnet'))).toBe(join(folder, 'new', name));
    },
  );

  it.skipIf(onWindows).each(['D:\\images\\glands', '\\\\nas\\images'])(
    'on %j of the Windows computer that the project comes from are missing, and can be found again and moved back',
    (root) => {
      const folder = temporaryFolder();
      const path = projectWith(folder, join(folder, 'images'));
      const raw = new Database(path);
      raw.prepare('UPDATE datasets SET root = ?').run(root);
      raw.close();
      expect(rootIn(path)).toBe(root);
      const project = Project.open(path);
      project.datasets.relocate(1, join(folder, 'images'), 'folder');
      expect(project.datasets.byId(1)?.root).toBe(join(folder, 'images'));
      project.datasets.relocate(1, root, 'folder');
      project.close();
      expect(stored(path)).toBe(root);
    },
  );

  it('that were moved are noted at their new place, and nothing else changes', () => {
    const folder = temporaryFolder();
    const path = projectWith(join(folder, 'lab'), join(folder, 'images'));
    const project = Project.open(path);
    const [before] = project.datasets.list();
    const to = join(folder, 'lab', 'moved.zip');
    expect(project.datasets.relocate(before?.id ?? 0, to, 'zip')).toBe(true);
    expect(project.datasets.list()).toEqual([{ ...before, root: to, kind: 'zip' }]);
    expect(project.datasets.relocate(99, to, 'zip')).toBe(false);
    project.close();
    expect(stored(path)).toBe('moved.zip');
  });
});

describe("a stranger's project file", () => {
  it.each([
    ...['../secrets', 'images/../../secrets', '..', '..\\secrets', 'images\0/etc'],
    ...(onWindows ? ['C:secrets'] : []),
  ])('that names the folder %j of a dataset is refused', (root) => {
    const folder = temporaryFolder();
    const path = projectWith(folder, join(folder, 'images'));
    const raw = new Database(path);
    raw.prepare('UPDATE datasets SET root = ?').run(root);
    raw.close();
    expect(() => rootIn(path)).toThrow(failing('project-damaged'));
  });
});
