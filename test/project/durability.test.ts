import { linkSync, readdirSync, renameSync } from 'node:fs';
import { dirname, join } from 'node:path';
import Database from 'better-sqlite3';
import { describe, expect, it } from 'vitest';
import { applyMigrations } from '../../src-main/project/file/applyMigrations.ts';
import { backupProject } from '../../src-main/project/file/backupProject.ts';
import { makeDurable } from '../../src-main/project/file/connectionSettings.ts';
import { MIGRATIONS } from '../../src-main/project/migrations/migrations.ts';
import { Project } from '../../src-main/project/project.ts';
import { failing } from '../failing.ts';
import { startChild } from './childProcess.ts';
import { exampleRun } from './examples.ts';
import { temporaryFolder } from './temporaryFolder.ts';

function newProject(): string {
  const path = join(temporaryFolder(), 'lab.ccnet');
  Project.create(path).close();
  return path;
}

it('a commit flushes the folder, too, where the rollback journal was removed', () => {
  const connection = new Database(newProject());
  makeDurable(connection);
  const EXTRA = 3;
  expect(connection.pragma('synchronous', { simple: true })).toBe(EXTRA);
  connection.close();
});

describe('a project file with a second name', () => {
  it('is not opened for writing under either, but can be read', () => {
    const path = newProject();
    const other = join(dirname(path), 'other.ccnet');
    linkSync(path, other);
    for (const name of [path, other]) {
      expect(() => Project.open(name)).toThrow(failing('project-linked', { names: 2 }));
      Project.open(name, { readOnly: true }).close();
    }
    expect(readdirSync(dirname(path)).sort()).toEqual(['lab.ccnet', 'other.ccnet']);
  });
});

describe.skipIf(process.platform === 'win32')('a project that is taken away while it is open', () => {
  it('is said to be gone, and nothing is said of rights', () => {
    const path = newProject();
    const project = Project.open(path);
    project.runs.add(exampleRun());
    renameSync(path, join(dirname(path), 'moved.ccnet'));
    expect(() => project.runs.add(exampleRun({ seed: 2 }))).toThrow(failing('project-moved', { path }));
    project.close();
    const moved = Project.open(join(dirname(path), 'moved.ccnet'));
    expect(moved.runs.all()).toHaveLength(1);
    moved.close();
  });
});

describe('many that open a project at one moment', () => {
  it('get it one after the other when each is done with it at once', async () => {
    const path = newProject();
    const children = Array.from({ length: 8 }, () => startChild('openAndClose.ts', path));
    for (const child of children) expect(await child.nextLine()).toBe('ready');
    for (const { process } of children) process.stdin?.write('go\n');
    expect(await Promise.all(children.map((child) => child.nextLine()))).toEqual(
      Array<string>(8).fill('done'),
    );
  });
});

describe('a backup', () => {
  const next = {
    version: (MIGRATIONS.at(-1)?.version ?? 0) + 1,
    name: 'next',
    sql: 'CREATE TABLE next (text TEXT) STRICT',
  };
  const broken = { ...next, version: next.version + 1, sql: 'CREATE TABLE next (text TEXT) STRICT' };

  it('is made once of one state, however often the migration is killed, and anew of another', () => {
    const path = newProject();
    const connection = new Database(path);
    const first = backupProject(connection, path, 1);
    connection.exec('BEGIN IMMEDIATE; PRAGMA user_version = 77; ROLLBACK');
    expect(backupProject(connection, path, 1)).toBe(first);
    connection.exec('PRAGMA user_version = 77');
    expect(backupProject(connection, path, 1)).not.toBe(first);
    connection.close();
    expect(readdirSync(dirname(path)).sort()).toEqual([
      'lab.ccnet',
      'lab.v1.backup-2.ccnet',
      'lab.v1.backup.ccnet',
    ]);
  });

  it('is of the version before all migrations, of which either all are done or none', () => {
    const path = newProject();
    const connection = new Database(path);
    expect(() => applyMigrations(connection, [...MIGRATIONS, next, broken])).toThrow('already exists');
    expect(connection.pragma('user_version', { simple: true })).toBe(MIGRATIONS.at(-1)?.version);
    connection.close();
  });
});
