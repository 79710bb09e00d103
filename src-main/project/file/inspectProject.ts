import { closeSync, openSync, readSync, statSync } from 'node:fs';
import Database from 'better-sqlite3';
import { z } from 'zod';
import { CcnetError } from '#common/errors.ts';
import { APPLICATION_ID } from './applicationId.ts';
import { describeSchema, expectedSchema } from './describeSchema.ts';
import type { Migration } from '../migrations/migration.ts';
import { projectDamaged } from './projectErrors.ts';
import { schemaDifferences } from './schemaDifferences.ts';

const quickCheckRows = z.array(z.object({ quick_check: z.string() }));

/**
 * Makes sure that an open file is an intact project of a known version before any of its tables is read: identity,
 * version, schema (a stranger's trigger, view or generated column is refused before it can run), structure, references.
 * @returns its version.
 */
export function inspectProject(
  connection: Database.Database,
  path: string,
  migrations: readonly Migration[],
): number {
  checkIdentity(connection, path);
  const version = Number(connection.pragma('user_version', { simple: true }));
  const newest = migrations.at(-1)?.version ?? 0;
  if (version > newest) throw new CcnetError('project-newer', { path, version, supported: newest });
  if (version < 1) throw projectDamaged(path, `its project version is ${version}`);
  const differences = schemaDifferences(
    describeSchema(connection),
    expectedSchema(migrations.filter((migration) => migration.version <= version)),
  );
  if (differences.length > 0) {
    throw new CcnetError('project-altered', { path, differences: differences.slice(0, 5) });
  }
  checkStructure(connection, path);
  checkRowNumbers(connection, path);
  return version;
}

function checkIdentity(connection: Database.Database, path: string): void {
  let id: unknown;
  try {
    id = connection.pragma('application_id', { simple: true });
  } catch (error) {
    if (!(error instanceof Database.SqliteError && error.code === 'SQLITE_NOTADB')) throw error;
    // Only here is the file read past SQLite: closing a descriptor drops this process's POSIX locks on the file, and
    // a file that SQLite refuses cannot be locked by it.
    if (headerCarriesApplicationId(path))
      throw projectDamaged(path, 'its header is not valid', { cause: error });
    throw new CcnetError('not-a-project', { path, found: 'no-database' }, { cause: error });
  }
  if (id === APPLICATION_ID) return;
  const found = statSync(path).size === 0 ? 'empty' : 'other-program';
  throw new CcnetError('not-a-project', { path, found });
}

function checkStructure(connection: Database.Database, path: string): void {
  const problems = quickCheckRows.parse(connection.pragma('quick_check(3)')).map((row) => row.quick_check);
  if (problems.length !== 1 || problems[0] !== 'ok') {
    throw projectDamaged(
      path,
      problems
        .map((problem) => problem.replace('*** in database main ***', '').replace(/\s+/g, ' ').trim())
        .join('; '),
    );
  }
  const orphans = connection.prepare('SELECT count(*) FROM pragma_foreign_key_check').pluck().get();
  if (orphans !== 0) throw projectDamaged(path, `${String(orphans)} records refer to others that are gone`);
}

/** Rows of a table that are numbered are no more than this; what is numbered beyond it has no room left, or is no exact number here. */
const MOST_ROWS = 2 ** 48;

/** A row's number decides that of the next one: a stranger's may leave none. */
function checkRowNumbers(connection: Database.Database, path: string): void {
  const tables = connection
    .prepare("SELECT name FROM sqlite_schema WHERE type = 'table' AND sql NOT LIKE '%WITHOUT ROWID%'")
    .pluck()
    .all()
    .map(String);
  const last = (table: string): string => (table === 'sqlite_sequence' ? 'CAST(seq AS INTEGER)' : 'rowid');
  const beyond = tables.find(
    (table) =>
      Number(
        connection
          .prepare(`SELECT max(${last(table)}) FROM "${table}"`)
          .pluck()
          .get() ?? 0,
      ) > MOST_ROWS,
  );
  if (beyond) throw projectDamaged(path, `the rows of ${beyond} are numbered beyond what can be counted`);
}

function headerCarriesApplicationId(path: string): boolean {
  const header = Buffer.alloc(72);
  const descriptor = openSync(path, 'r');
  try {
    return readSync(descriptor, header, 0, 72, 0) === 72 && header.readUInt32BE(68) === APPLICATION_ID;
  } finally {
    closeSync(descriptor);
  }
}
