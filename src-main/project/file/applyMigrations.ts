import type Database from 'better-sqlite3';
import type { Migration } from '../migrations/migration.ts';

/**
 * Brings a database from its user_version to the last migration's, all in one transaction: killed on the way, it is what it was. Foreign
 * keys are off while tables are rebuilt and checked after each step, as SQLite prescribes for schema changes.
 * @throws Error when a step leaves a reference without its target; nothing is changed then.
 */
export function applyMigrations(connection: Database.Database, migrations: readonly Migration[]): void {
  const version = Number(connection.pragma('user_version', { simple: true }));
  const all = connection.transaction(() => {
    for (const migration of migrations) {
      if (migration.version > version) applyOne(connection, migration);
    }
  });
  connection.pragma('foreign_keys = OFF');
  try {
    all.immediate();
  } finally {
    connection.pragma('foreign_keys = ON');
  }
}

function applyOne(connection: Database.Database, migration: Migration): void {
  connection.exec(migration.sql);
  const broken = connection.prepare('SELECT count(*) FROM pragma_foreign_key_check').pluck().get();
  if (broken !== 0) {
    throw new Error(
      `Migration ${migration.version} (${migration.name}) breaks ${String(broken)} references.`,
    );
  }
  connection.pragma(`user_version = ${migration.version}`);
}
