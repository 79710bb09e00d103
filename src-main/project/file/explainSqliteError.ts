import { dirname } from 'node:path';
import Database from 'better-sqlite3';
import { CcnetError } from '#common/errors.ts';
import { pathTooLong } from './pathTooLong.ts';
import { projectDamaged } from './projectErrors.ts';

/** Turns what SQLite reports into the error that a person can act upon; anything else comes back as it is. */
export function explainSqliteError(error: unknown, path: string): unknown {
  if (!(error instanceof Database.SqliteError)) return error;
  const options = { cause: error };
  // Extended codes begin with the primary one: SQLITE_IOERR_WRITE, SQLITE_BUSY_SNAPSHOT.
  const code = /^SQLITE_[A-Z]+/.exec(error.code)?.[0];
  switch (code) {
    case 'SQLITE_FULL':
      return new CcnetError('disk-full', { path, folder: dirname(path) }, options);
    case 'SQLITE_BUSY':
    case 'SQLITE_LOCKED':
      return new CcnetError('project-busy', { path }, options);
    case 'SQLITE_READONLY':
      if (error.code === 'SQLITE_READONLY_DBMOVED') return new CcnetError('project-moved', { path }, options);
      return new CcnetError('project-read-only', { path, why: 'session', lock: null }, options);
    case 'SQLITE_CORRUPT':
      return projectDamaged(path, 'SQLite cannot follow its structure', options);
    case 'SQLITE_NOTADB':
      return new CcnetError('not-a-project', { path, found: 'no-database' }, options);
    case 'SQLITE_IOERR':
    case 'SQLITE_CANTOPEN':
      return (
        pathTooLong(path, error) ??
        new CcnetError('project-unreachable', { path, answer: error.code }, options)
      );
    case 'SQLITE_ERROR':
      // What SQLite says of a header or a schema that it cannot make sense of; its other errors of this code are faults of ours.
      return /unsupported file format|malformed/.test(error.message)
        ? projectDamaged(path, error.message, options)
        : error;
    default:
      return error;
  }
}
