import Database from 'better-sqlite3';
import { z } from 'zod';

const columnRow = z.object({ table: z.string(), column: z.string(), type: z.string() });

/** Tables and columns of one schema, given as an SQL script, that another no longer has or has with another type. */
export function schemaLosses(before: string, after: string): string[] {
  const kept = columns(after);
  return [...columns(before)].flatMap(([column, type]) => {
    const now = kept.get(column);
    if (now === undefined) return [`${column} is gone`];
    return now === type ? [] : [`${column} was ${type} and is ${now}`];
  });
}

function columns(sql: string): Map<string, string> {
  const connection = new Database(':memory:');
  try {
    connection.exec(sql);
    const rows = connection
      .prepare(
        `SELECT tables.name AS "table", columns.name AS "column", columns.type AS type
         FROM sqlite_schema AS tables JOIN pragma_table_info(tables.name) AS columns WHERE tables.type = 'table'`,
      )
      .all()
      .map((row) => columnRow.parse(row));
    return new Map(rows.map(({ table, column, type }) => [`${table}.${column}`, type]));
  } finally {
    connection.close();
  }
}
