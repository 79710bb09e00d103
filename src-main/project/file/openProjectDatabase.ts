import { existsSync, realpathSync, statSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { hostname } from 'node:os';
import Database from 'better-sqlite3';
import { CcnetError, hasCode } from '#common/errors.ts';
import { applyMigrations } from './applyMigrations.ts';
import { backupProject } from './backupProject.ts';
import { makeDurable, protectConnection } from './connectionSettings.ts';
import { explainSqliteError } from './explainSqliteError.ts';
import { inspectProject } from './inspectProject.ts';
import type { Migration } from '../migrations/migration.ts';
import { MIGRATIONS } from '../migrations/migrations.ts';
import { ProjectDatabase } from './projectDatabase.ts';
import { WriterLock } from './writerLock.ts';

/** A reader waits while a large checkpoint is written, which takes seconds on a slow disk. */
const BUSY_TIMEOUT_MS = 20_000;

export interface OpenOptions {
  /** Read without the writer lock: any number of processes at once, also while another one writes. */
  readonly readOnly?: boolean;
  /** Process id of the lock's holder on this machine, for which this process works: a worker of an open window. */
  readonly joinWriter?: number;
}

export interface OpenedDatabase {
  readonly database: ProjectDatabase;
  /** Null when reading only, or when working under another process's lock. */
  readonly lock: WriterLock | null;
}

/**
 * Opens an existing project after checking it, and brings it up to date when it may be written.
 * @throws a code of common/failures/project.ts for everything that can be wrong with the file or the place where it lies.
 */
export function openProjectDatabase(
  path: string,
  options: OpenOptions = {},
  migrations: readonly Migration[] = MIGRATIONS,
): OpenedDatabase {
  const file = locate(path);
  const readOnly = options.readOnly ?? false;
  if (readOnly) return { database: connect(file, true, migrations), lock: null };
  requireOneName(file);
  const lock = lockOrJoin(file, options.joinWriter);
  try {
    return { database: connect(file, false, migrations), lock };
  } catch (error) {
    lock?.release();
    throw error;
  }
}

/** The file behind `path`, links followed, so that every name of a project leads to the same lock. */
function locate(path: string): string {
  const absolute = resolve(path.trim());
  if (!existsSync(absolute)) {
    const missingFolder = existsSync(dirname(absolute)) ? null : dirname(absolute);
    throw new CcnetError('project-not-found', { path: absolute, missingFolder });
  }
  if (statSync(absolute).isDirectory()) {
    throw new CcnetError('not-a-project', { path: absolute, found: 'folder' });
  }
  return realpathSync(absolute);
}

/**
 * A file of several names would have a lock and a journal for each of them: two programs could write to it at a time, and a backup made
 * of hard links would change with the project.
 */
function requireOneName(path: string): void {
  const names = statSync(path).nlink;
  if (names > 1) throw new CcnetError('project-linked', { path, names });
}

function lockOrJoin(path: string, holderPid: number | undefined): WriterLock | null {
  try {
    return WriterLock.acquire(path);
  } catch (error) {
    const holder = hasCode(error, 'project-in-use') ? error.facts.holder : null;
    if (holder && holder.pid === holderPid && holder.host === hostname()) return null;
    throw error;
  }
}

function connect(path: string, readOnly: boolean, migrations: readonly Migration[]): ProjectDatabase {
  try {
    if (readOnly) rollBackInterruptedWrite(path);
    const connection = new Database(path, {
      readonly: readOnly,
      fileMustExist: true,
      timeout: BUSY_TIMEOUT_MS,
    });
    try {
      prepare(connection, path, readOnly, migrations);
      return new ProjectDatabase(connection, path);
    } catch (error) {
      connection.close();
      throw error;
    }
  } catch (error) {
    throw explainSqliteError(error, path);
  }
}

function prepare(
  connection: Database.Database,
  path: string,
  readOnly: boolean,
  migrations: readonly Migration[],
): void {
  protectConnection(connection);
  const version = inspectProject(connection, path, migrations);
  const newest = migrations.at(-1)?.version ?? 0;
  if (readOnly && version < newest) throw new CcnetError('project-older', { path, version, current: newest });
  if (readOnly) return;
  mustBeWritable(connection, path, version);
  makeDurable(connection);
  if (version < newest) {
    backupProject(connection, path, version);
    applyMigrations(connection, migrations);
  }
}

/** Where SQLite had to fall back to reading only, it says so at the first change, not when opening. */
function mustBeWritable(connection: Database.Database, path: string, version: number): void {
  try {
    connection.exec(`BEGIN IMMEDIATE; PRAGMA user_version = ${version}; ROLLBACK`);
  } catch (error) {
    if (!(error instanceof Database.SqliteError && error.code.startsWith('SQLITE_READONLY'))) throw error;
    if (error.code === 'SQLITE_READONLY_DBMOVED') throw error;
    throw new CcnetError('project-read-only', { path, why: 'user', lock: null }, { cause: error });
  }
}

/**
 * A process that was killed while writing leaves a journal, which must be played back before anybody reads; SQLite
 * does that only on a connection that may write.
 */
function rollBackInterruptedWrite(path: string): void {
  if (!existsSync(`${path}-journal`) || !needsRollBack(path)) return;
  const lock = WriterLock.acquire(path);
  try {
    const connection = new Database(path, { fileMustExist: true, timeout: BUSY_TIMEOUT_MS });
    connection.pragma('application_id');
    connection.close();
  } finally {
    lock.release();
  }
}

function needsRollBack(path: string): boolean {
  const connection = new Database(path, { readonly: true, fileMustExist: true, timeout: BUSY_TIMEOUT_MS });
  try {
    connection.pragma('application_id');
    return false;
  } catch (error) {
    if (error instanceof Database.SqliteError && error.code === 'SQLITE_READONLY_ROLLBACK') return true;
    throw error;
  } finally {
    connection.close();
  }
}
