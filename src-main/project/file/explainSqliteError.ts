import Database from 'better-sqlite3';
import {
  DamagedProjectError,
  DiskFullError,
  NotAProjectError,
  ProjectBusyError,
  ProjectUnreachableError,
  ReadOnlyProjectError,
} from './projectErrors.ts';

/** Turns what SQLite reports into the error that a person can act upon; anything else comes back as it is. */
export function explainSqliteError(error: unknown, path: string): unknown {
  if (!(error instanceof Database.SqliteError)) return error;
  const options = { cause: error };
  // Extended codes begin with the primary one: SQLITE_IOERR_WRITE, SQLITE_BUSY_SNAPSHOT.
  const code = /^SQLITE_[A-Z]+/.exec(error.code)?.[0];
  switch (code) {
    case 'SQLITE_FULL':
      return new DiskFullError(path, options);
    case 'SQLITE_BUSY':
    case 'SQLITE_LOCKED':
      return new ProjectBusyError(path, options);
    case 'SQLITE_READONLY':
      return new ReadOnlyProjectError(path, 'it is open for reading only', options);
    case 'SQLITE_CORRUPT':
      return new DamagedProjectError(path, 'SQLite cannot follow its structure', options);
    case 'SQLITE_NOTADB':
      return new NotAProjectError(path, 'it is not an SQLite file', options);
    case 'SQLITE_IOERR':
    case 'SQLITE_CANTOPEN':
      return new ProjectUnreachableError(path, error.code, options);
    default:
      return error;
  }
}
