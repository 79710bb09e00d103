import { randomUUID } from 'node:crypto';
import { existsSync, rmSync } from 'node:fs';
import { hostname } from 'node:os';
import Database from 'better-sqlite3';
import { z } from 'zod';
import { CcnetError } from '#common/errors.ts';
import { explainSqliteError } from './explainSqliteError.ts';
import { pathTooLong } from './pathTooLong.ts';
import { type LockHolder, projectInUse } from './projectErrors.ts';

/** With the pauses between them about a second: as long as many that start at one moment need to come to terms. */
const ATTEMPTS = 12;
const LONGEST_PAUSE_MS = 160;
const BUSY_TIMEOUT_MS = 500;

const holderRow = z.object({
  pid: z.number().int(),
  host: z.string().max(255),
  since: z.string().max(40),
  token: z.string().max(64),
});

/**
 * The right to write to a project, held from opening to closing: while one process trains, no other may change the
 * plan under it; reading stays possible.
 *
 * It is an open write transaction on a tiny SQLite file beside the project (`lab.ccnet.lock`). SQLite takes that as
 * an operating-system lock (fcntl, LockFileEx), which ends with the process however it dies, is honoured across
 * network shares wherever SQLite itself is safe, and needs no guess whether a process id is still the same program.
 * A write transaction that has written nothing yet lets others read, so the file also tells who holds it. The file is
 * removed on release; one that a kill left behind locks nothing and is taken over.
 */
export class WriterLock {
  readonly #path: string;
  readonly #connection: Database.Database;

  private constructor(path: string, connection: Database.Database) {
    this.#path = path;
    this.#connection = connection;
  }

  /** @throws project-in-use while another connection, in this process or any other, holds the lock. */
  static acquire(projectPath: string): WriterLock {
    const path = `${projectPath}.lock`;
    const failures: unknown[] = [];
    for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
      try {
        const connection = tryAcquire(path, projectPath);
        if (connection) return new WriterLock(path, connection);
      } catch (error) {
        if (!changedHands(error)) throw explainLockError(error, projectPath, path);
        failures.push(error);
      }
      pause(Math.random() * LONGEST_PAUSE_MS);
    }
    // A file that changes hands does not fail every time: then it is the storage.
    if (failures.length === ATTEMPTS) throw explainLockError(failures.at(-1), projectPath, path);
    throw projectInUse(projectPath, null);
  }

  release(): void {
    // While the lock is still held, so that nobody's later lock file is removed. Windows refuses to remove open files.
    const removedFirst = remove(this.#path);
    this.#connection.close();
    if (!removedFirst) remove(this.#path);
  }
}

/** @returns the connection that holds the lock, or null when the lock file changed hands meanwhile. @throws what SQLite says, also where it notices that. */
function tryAcquire(path: string, projectPath: string): Database.Database | null {
  const token = randomUUID();
  const connection = new Database(path, { timeout: BUSY_TIMEOUT_MS });
  try {
    begin(connection, path, projectPath, token);
    connection.exec(
      'CREATE TABLE IF NOT EXISTS holder (pid INTEGER, host TEXT, since TEXT, token TEXT) STRICT; DELETE FROM holder',
    );
    connection
      .prepare('INSERT INTO holder VALUES (?, ?, ?, ?)')
      .run(process.pid, hostname(), new Date().toISOString(), token);
    connection.exec('COMMIT');
    begin(connection, path, projectPath, token);
    // The previous holder may have removed the file between our opening and locking it: ours is then nobody's lock.
    if (existsSync(path) && readHolder(path)?.token === token) return connection;
    connection.close();
    return null;
  } catch (error) {
    connection.close();
    throw error;
  }
}

/**
 * What SQLite says where somebody removed the lock file, as who releases a lock does, after it was opened here: before it writes, when it takes away its
 * journal, and when it makes one, whose rights it takes from the file.
 */
const REMOVED = ['SQLITE_READONLY_DBMOVED', 'SQLITE_IOERR_DELETE_NOENT', 'SQLITE_IOERR_FSTAT'];

function changedHands(error: unknown): boolean {
  return error instanceof Database.SqliteError && REMOVED.includes(error.code);
}

/** Opening a project is work of one piece, so that waiting is, too. */
function pause(milliseconds: number): void {
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, milliseconds);
}

function begin(connection: Database.Database, path: string, projectPath: string, token: string): void {
  try {
    connection.exec('BEGIN IMMEDIATE');
  } catch (error) {
    if (error instanceof Database.SqliteError && error.code.startsWith('SQLITE_BUSY')) {
      const found = readHolder(path);
      // Our own entry is still there while another process, which came at the same moment, is writing its own.
      const known = found !== null && found.token !== token;
      throw projectInUse(
        projectPath,
        known ? { pid: found.pid, host: found.host, since: found.since } : null,
      );
    }
    throw error;
  }
}

function readHolder(path: string): (LockHolder & { token: string }) | null {
  let reader: Database.Database | undefined;
  try {
    reader = new Database(path, { readonly: true, fileMustExist: true, timeout: BUSY_TIMEOUT_MS });
    return (
      holderRow.safeParse(reader.prepare('SELECT pid, host, since, token FROM holder').get()).data ?? null
    );
  } catch {
    return null;
  } finally {
    reader?.close();
  }
}

function explainLockError(error: unknown, projectPath: string, lockPath: string): unknown {
  if (error instanceof Database.SqliteError) {
    const tooLong = error.code.startsWith('SQLITE_CANTOPEN') ? pathTooLong(projectPath, error) : null;
    if (tooLong) return tooLong;
    if (/^SQLITE_(CANTOPEN|READONLY)/.test(error.code)) {
      const facts = { path: projectPath, why: 'folder', lock: lockPath } as const;
      return new CcnetError('project-read-only', facts, { cause: error });
    }
    if (/^SQLITE_(NOTADB|CORRUPT)/.test(error.code)) {
      return new CcnetError('not-a-lock', { file: lockPath }, { cause: error });
    }
  }
  return explainSqliteError(error, lockPath);
}

function remove(path: string): boolean {
  try {
    rmSync(path, { force: true });
    return true;
  } catch {
    return false;
  }
}
