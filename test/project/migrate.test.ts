import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { createProjectDatabase } from '../../src-main/project/file/createProjectDatabase.ts';
import type { Migration } from '../../src-main/project/migrations/migration.ts';
import { MIGRATIONS } from '../../src-main/project/migrations/migrations.ts';
import { openProjectDatabase } from '../../src-main/project/file/openProjectDatabase.ts';
import { Project } from '../../src-main/project/project.ts';
import { exampleRun } from './examples.ts';
import { temporaryFolder } from './temporaryFolder.ts';
import { failing } from '../failing.ts';

const CURRENT = MIGRATIONS.at(-1)?.version ?? 0;
const NEXT = CURRENT + 1;

const second: Migration = {
  version: NEXT,
  name: 'notes',
  sql: "CREATE TABLE notes (text TEXT NOT NULL) STRICT; INSERT INTO notes VALUES ('from the next migration')",
};
const broken: Migration = {
  version: NEXT,
  name: 'orphans',
  sql: 'CREATE TABLE notes (run INTEGER REFERENCES calibration_runs (id)) STRICT; INSERT INTO notes VALUES (999)',
};

function projectOfCurrentVersion(): string {
  const path = join(temporaryFolder(), 'lab.ccnet');
  const project = Project.create(path);
  project.runs.add(exampleRun());
  project.close();
  return path;
}

function version(path: string): unknown {
  const raw = new Database(path, { readonly: true });
  const value = raw.pragma('user_version', { simple: true });
  raw.close();
  return value;
}

describe('opening a project of an older version', () => {
  it('brings it up to date, keeps its content, and leaves a backup that opens', () => {
    const path = projectOfCurrentVersion();
    const { database, lock } = openProjectDatabase(path, {}, [...MIGRATIONS, second]);
    const row = database.row('SELECT text FROM notes', {}, z.object({ text: z.string() }));
    database.close();
    lock?.release();
    expect(row?.text).toBe('from the next migration');
    expect(version(path)).toBe(NEXT);

    const backup = path.replace('.ccnet', `.v${CURRENT}.backup.ccnet`);
    const old = Project.open(backup, { readOnly: true });
    expect(old.runs.all()).toEqual([exampleRun()]);
    old.close();
    const renewed = openProjectDatabase(path, { readOnly: true }, [...MIGRATIONS, second]);
    expect(
      renewed.database.rows('SELECT id FROM calibration_runs', {}, z.object({ id: z.number() })),
    ).toHaveLength(1);
    renewed.database.close();
  });

  it('never overwrites an older backup', () => {
    const path = projectOfCurrentVersion();
    for (const attempt of [1, 2]) {
      const project = Project.open(path);
      project.runs.add(exampleRun({ seed: 10 + attempt }));
      project.close();
      expect(() => openProjectDatabase(path, {}, [...MIGRATIONS, broken]), `attempt ${attempt}`).toThrow();
    }
    expect(readdirSync(join(path, '..')).sort()).toEqual([
      'lab.ccnet',
      `lab.v${CURRENT}.backup-2.ccnet`,
      `lab.v${CURRENT}.backup.ccnet`,
    ]);
  });

  it('leaves the project as it was when a migration breaks references', () => {
    const path = projectOfCurrentVersion();
    expect(() => openProjectDatabase(path, {}, [...MIGRATIONS, broken])).toThrow(
      `Migration ${NEXT} (orphans) breaks 1 references.`,
    );
    expect(version(path)).toBe(CURRENT);
    const project = Project.open(path);
    expect(project.runs.all()).toHaveLength(1);
    project.close();
  });

  it('asks for writing once when it is opened for reading only, and changes nothing', () => {
    const path = projectOfCurrentVersion();
    expect(() => openProjectDatabase(path, { readOnly: true }, [...MIGRATIONS, second])).toThrow(
      failing('project-older'),
    );
    expect(version(path)).toBe(CURRENT);
    expect(existsSync(path.replace('.ccnet', `.v${CURRENT}.backup.ccnet`))).toBe(false);
  });

  it('makes the same schema step by step as all at once', () => {
    const path = projectOfCurrentVersion();
    const stepwise = openProjectDatabase(path, {}, [...MIGRATIONS, second]);
    stepwise.database.close();
    stepwise.lock?.release();
    const fresh = join(path, '..', 'fresh.ccnet');
    createProjectDatabase(fresh, [...MIGRATIONS, second]);
    const sql = (file: string): unknown => {
      const raw = new Database(file, { readonly: true });
      const all = raw.prepare('SELECT sql FROM sqlite_schema ORDER BY name').all();
      raw.close();
      return all;
    };
    expect(sql(path)).toEqual(sql(fresh));
  });
});
