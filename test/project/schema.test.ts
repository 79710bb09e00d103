import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { schemaLosses } from '../../scripts/schemaLosses.ts';
import { schemaSql } from '../../scripts/schemaSql.ts';
import { MIGRATIONS } from '../../src-main/project/migrations/migrations.ts';

const snapshot = readFileSync(
  fileURLToPath(new URL('../../src-main/project/file/schema.sql', import.meta.url)),
  'utf8',
).replaceAll('\r\n', '\n');

describe('the schema', () => {
  it('is the committed snapshot (otherwise run: node scripts/generate-schema.ts)', () => {
    expect(schemaSql(MIGRATIONS)).toBe(snapshot);
  });

  it('has lost nothing that the snapshot has', () => {
    expect(schemaLosses(snapshot, schemaSql(MIGRATIONS))).toEqual([]);
  });

  it('loses nothing from any version to the next', () => {
    for (let count = 1; count < MIGRATIONS.length; count++) {
      const losses = schemaLosses(
        schemaSql(MIGRATIONS.slice(0, count)),
        schemaSql(MIGRATIONS.slice(0, count + 1)),
      );
      expect(losses).toEqual([]);
    }
  });

  it('numbers its migrations from 1 without gaps, so that one that comes later is never passed over', () => {
    const versions = MIGRATIONS.map(({ version }) => version);
    expect(versions).toEqual(versions.map((_, index) => index + 1));
  });
  it('has only STRICT tables', () => {
    const tables = [...snapshot.matchAll(/CREATE TABLE "?(\w+)"?[\s\S]*?\n\)(.*);/g)];
    expect(tables.length).toBeGreaterThan(10);
    for (const [, name, options] of tables)
      expect([name, options]).toEqual([name, expect.stringMatching(/STRICT/)]);
  });
});

describe('schemaLosses', () => {
  const before = 'CREATE TABLE a (x INTEGER, y TEXT); CREATE TABLE b (z REAL);';

  it.each([
    ['nothing', before, []],
    ['additions', `${before} CREATE TABLE c (w TEXT); ALTER TABLE a ADD COLUMN more TEXT;`, []],
    ['a dropped table', 'CREATE TABLE a (x INTEGER, y TEXT);', ['b.z is gone']],
    ['a dropped column', 'CREATE TABLE a (x INTEGER); CREATE TABLE b (z REAL);', ['a.y is gone']],
    [
      'another type',
      'CREATE TABLE a (x TEXT, y TEXT); CREATE TABLE b (z REAL);',
      ['a.x was INTEGER and is TEXT'],
    ],
  ])('sees %s', (_what, after, losses) => {
    expect(schemaLosses(before, after)).toEqual(losses);
  });
});
