import { crc32 } from 'node:zlib';
import Database from 'better-sqlite3';

/** What was done to a project file past the program. */
export interface Change {
  readonly table: string;
  readonly column: string;
  /** The first characters of what stands there now. */
  readonly now: string;
}

interface Column {
  readonly table: string;
  readonly name: string;
  readonly type: string;
}

type Value = string | number | bigint | Buffer | null;
type Random = () => number;

const NUMBERS = [0, 1, -1, 2, 255, 2 ** 31, 2 ** 40, Number.MAX_SAFE_INTEGER, 1e308, -1e308, 1e-320];
const BIG = [9_223_372_036_854_775_807n, -9_223_372_036_854_775_808n];
const MARKS = '\u001b[2J\u001b]0;x\u0007\r\n\u202e';
const LONG = 300_000;

const WORDS: readonly ((old: string) => string)[] = [
  () => '',
  () => '0',
  () => 'NaN',
  () => '1e999',
  () => 'null',
  () => '{}',
  () => '../../../etc/passwd',
  () => '$(id) "`id`" <script>alert(1)</script>',
  () => 'x'.repeat(LONG),
  () => '\u0000',
  () => '\ud83d',
  () => '__proto__',
  () => '['.repeat(LONG),
  (old) => old + MARKS,
  (old) => old + old,
  (old) => old.slice(0, -1),
  (old) => old.toUpperCase(),
];

/** Texts that stand in a document in place of one of its values. */
const DOCUMENTS = [
  ...['null', 'true', '0', '-1', '0.5', '1', '2', '1e6', '1e308', '-1e308', '1e-320', '1e999', '4294967296'],
  ...['9007199254740993', '""', '"x"', '"NaN"', '[]', '{}', '[[]]', '{"__proto__":{"x":1}}'],
  `"${'x'.repeat(LONG)}"`,
  `${'['.repeat(3000)}${']'.repeat(3000)}`,
  `[${'0,'.repeat(LONG)}0]`,
  JSON.stringify(MARKS),
];

/** Changes one column of one table, where one or all rows have other values then; foreign keys and checks ask nobody. */
export function changeProject(path: string, random: Random): Change {
  const raw = new Database(path);
  const pick = <T>(all: readonly T[]): T => all[Math.floor(random() * all.length)] as T;
  try {
    raw.pragma('foreign_keys = OFF');
    raw.pragma('ignore_check_constraints = ON');
    for (;;) {
      const { table, name, type } = pick(columnsOf(raw));
      const held = raw.prepare(`SELECT DISTINCT "${name}" AS value FROM "${table}"`).all() as {
        value: Value;
      }[];
      if (held.length === 0) continue;
      if (random() < 0.03) {
        raw.exec(`DELETE FROM "${table}"`);
        return { table, column: '*', now: 'no rows' };
      }
      const { value: old } = pick(held);
      const now = other(old, type, random, pick);
      const { sql, parameters } = statementOf(table, name, old, now, random);
      try {
        if (raw.prepare(sql).run(parameters).changes === 0) continue;
      } catch {
        // A table that is STRICT, or rows that must be unique: SQLite itself keeps this from everybody.
        continue;
      }
      return { table, column: name, now: String(now).slice(0, 60) };
    }
  } finally {
    raw.close();
  }
}

function columnsOf(raw: Database.Database): Column[] {
  return raw
    .prepare(
      `SELECT m.name AS "table", c.name AS name, c.type AS type FROM sqlite_schema m JOIN pragma_table_info(m.name) c
       WHERE m.type = 'table' AND m.name NOT LIKE 'sqlite_%'`,
    )
    .all() as Column[];
}

function statementOf(
  table: string,
  column: string,
  old: Value,
  now: Value,
  random: Random,
): { sql: string; parameters: Record<string, Value> } {
  // A stranger computes the checksum of what he writes.
  const signed = table.endsWith('_tensors') && column === 'data' && random() < 0.5 && Buffer.isBuffer(now);
  const checksum = signed ? crc32(now) : 0;
  const set = `"${column}" = @now${signed ? ', checksum = @checksum' : ''}`;
  const all = random() < 0.2;
  const sql = `UPDATE "${table}" SET ${set}${all ? '' : ` WHERE "${column}" IS @old`}`;
  return { sql, parameters: { now, ...(!all && { old }), ...(signed && { checksum }) } };
}

function other(old: Value, type: string, random: Random, pick: <T>(all: readonly T[]) => T): Value {
  if (random() < 0.06) return null;
  if (type === 'BLOB') return otherBytes(old, random);
  if (type === 'INTEGER')
    return random() < 0.15 ? pick(BIG) : BigInt(Math.trunc(Math.min(pick(NUMBERS), 2 ** 62)));
  if (type === 'REAL') return random() < 0.2 ? pick([Infinity, -Infinity]) : pick(NUMBERS);
  const text = typeof old === 'string' ? old : '';
  const isDocument = /^[[{]/.test(text);
  return isDocument && random() < 0.85 ? otherDocument(text, random, pick) : pick(WORDS)(text);
}

function otherBytes(old: Value, random: Random): Buffer {
  const bytes = Buffer.isBuffer(old) ? Buffer.from(old) : Buffer.alloc(16);
  const share = random();
  if (share < 0.2) return Buffer.alloc(0);
  if (share < 0.5) return bytes.subarray(0, Math.floor(random() * bytes.length));
  for (let i = 0; i < 8; i++) bytes[Math.floor(random() * bytes.length)] = Math.floor(random() * 256);
  return bytes;
}

/** The document with one of its values, at any depth, replaced by what JSON can say, gone, or beside one more. */
function otherDocument(text: string, random: Random, pick: <T>(all: readonly T[]) => T): string {
  const places: { holder: Record<string, unknown>; key: string }[] = [];
  const root: Record<string, unknown> = { document: JSON.parse(text) as unknown };
  const visit = (holder: Record<string, unknown>): void => {
    for (const key of Object.keys(holder)) {
      places.push({ holder, key });
      const value = holder[key];
      if (typeof value === 'object' && value !== null) visit(value as Record<string, unknown>);
    }
  };
  visit(root);
  const { holder, key } = pick(places);
  if (random() < 0.1 && holder !== root) {
    if (Array.isArray(holder)) holder.splice(Number(key), 1);
    else delete holder[key];
    return JSON.stringify(root['document']);
  }
  // A mark that occurs nowhere else stands for what JSON.stringify could not write.
  const mark = 'a-place-of-its-own';
  holder[key] = mark;
  const replaced = pick(DOCUMENTS);
  return JSON.stringify(root['document']).replace(`"${mark}"`, () => replaced);
}
