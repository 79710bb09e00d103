import Database from 'better-sqlite3';
import { z } from 'zod';
import type { Migration } from '../migrations/migration.ts';

const schemaObject = z.object({
  type: z.string(),
  name: z.string(),
  table: z.string(),
  sql: z.string().nullable(),
});
/** One row of sqlite_schema: a table, index, trigger or view with the statement that made it. */
export type SchemaObject = z.infer<typeof schemaObject>;

/** All objects of a database's schema, by type and name. */
export function describeSchema(connection: Database.Database): SchemaObject[] {
  return connection
    .prepare('SELECT type, name, tbl_name AS "table", sql FROM sqlite_schema ORDER BY type, name')
    .all()
    .map((row) => schemaObject.parse(row));
}

/** The schema that the given migrations make, found by running them in memory. */
export function expectedSchema(migrations: readonly Migration[]): SchemaObject[] {
  const connection = new Database(':memory:');
  try {
    for (const { sql } of migrations) connection.exec(sql);
    return describeSchema(connection);
  } finally {
    connection.close();
  }
}
