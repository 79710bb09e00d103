/**
 * Writes src-main/project/file/schema.sql, the schema that all migrations together make, for review and for the test that
 * the schema only grows: `node scripts/generate-schema.ts`. It refuses to write a schema that lost a table or column.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { MIGRATIONS } from '../src-main/project/migrations/migrations.ts';
import { schemaLosses } from './schemaLosses.ts';
import { schemaSql } from './schemaSql.ts';

const path = fileURLToPath(new URL('../src-main/project/file/schema.sql', import.meta.url));
const sql = schemaSql(MIGRATIONS);
const losses = schemaLosses(readIfThere(path), sql);
if (losses.length > 0) {
  console.error(
    `The schema may only grow, because older projects hold data there:\n  ${losses.join('\n  ')}\n` +
      'Write a migration that keeps them.',
  );
  process.exit(1);
}
writeFileSync(path, sql);

function readIfThere(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return '';
  }
}
