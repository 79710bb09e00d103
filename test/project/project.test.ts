import { existsSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { describe, expect, it } from 'vitest';
import { PRODUCT_VERSION } from '#common/productVersion.ts';
import { MIGRATIONS } from '../../src-main/project/migrations/migrations.ts';
import { Project } from '../../src-main/project/project.ts';
import { exampleDataset, exampleImage } from './examples.ts';
import { temporaryFolder } from './temporaryFolder.ts';

describe('a project', () => {
  it('keeps what was written after closing, under the identity of the product', () => {
    const path = join(temporaryFolder(), 'lab.ccnet');
    const written = Project.create(path);
    written.datasets.add(exampleDataset, [exampleImage(1)], []);
    written.close();

    const read = Project.open(path, { readOnly: true });
    expect(read.datasets.list().map((dataset) => dataset.name)).toEqual(['GlaS']);
    expect(read.settings.get('createdBy')).toBe(PRODUCT_VERSION);
    read.close();
    const raw = new Database(path, { readonly: true });
    expect(raw.pragma('application_id', { simple: true })).toBe(0x43434e54);
    expect(raw.pragma('user_version', { simple: true })).toBe(MIGRATIONS.at(-1)?.version);
    expect(raw.pragma('journal_mode', { simple: true })).toBe('delete');
    raw.close();
  });

  it('leaves one file and nothing else when closed', () => {
    const folder = temporaryFolder();
    const path = join(folder, 'lab.ccnet');
    Project.create(path).close();
    expect(['.lock', '.new', '-journal', '-wal'].filter((suffix) => existsSync(path + suffix))).toEqual([]);
  });

  it('is made by openOrCreate the first time and opened the second', () => {
    const path = join(temporaryFolder(), 'lab.ccnet');
    const first = Project.openOrCreate(path);
    first.datasets.add(exampleDataset, [], []);
    first.close();
    const second = Project.openOrCreate(path);
    expect(second.datasets.list()).toHaveLength(1);
    second.close();
  });

  it('rolls a transaction back as a whole when it fails', () => {
    const project = Project.create(join(temporaryFolder(), 'lab.ccnet'));
    expect(() =>
      project.transaction(() => {
        project.datasets.add(exampleDataset, [exampleImage(1)], []);
        throw new Error('stop');
      }),
    ).toThrow('stop');
    expect(project.datasets.list()).toEqual([]);
    project.close();
  });

  it.skipIf(process.platform === 'win32')('is the same project under a symbolic link', () => {
    const folder = temporaryFolder();
    const project = Project.create(join(folder, 'lab.ccnet'));
    symlinkSync(join(folder, 'lab.ccnet'), join(folder, 'link.ccnet'));
    expect(() => Project.open(join(folder, 'link.ccnet'))).toThrow(/open for writing in another program/);
    project.close();
  });

  it('puts back what a dead process left as running', () => {
    const path = join(temporaryFolder(), 'lab.ccnet');
    const before = Project.create(path);
    const job = before.jobs.add('calibrate', 'Calibrate on GlaS');
    before.jobs.start(job, 1, 'native');
    before.close();
    const after = Project.open(path);
    expect(after.jobs.byId(job)).toMatchObject({ state: 'interrupted' });
    after.close();
  });
});
