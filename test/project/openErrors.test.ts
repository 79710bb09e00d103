import {
  appendFileSync,
  chmodSync,
  copyFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import Database from 'better-sqlite3';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { CcnetError } from '#common/errors.ts';
import type { FailureCode } from '#common/failures/failures.ts';
import { Project } from '../../src-main/project/project.ts';
import { ProjectDatabase } from '../../src-main/project/file/projectDatabase.ts';
import { exampleDataset, exampleImage, exampleRun } from './examples.ts';
import { temporaryFolder } from './temporaryFolder.ts';

let intact = '';

beforeAll(() => {
  intact = join(mkdtempSync(join(tmpdir(), 'ccnet-project-')), 'intact.ccnet');
  const project = Project.create(intact);
  project.transaction(() => {
    const images = Array.from({ length: 300 }, (_, number) => exampleImage(number));
    project.datasets.add(exampleDataset, images, []);
    for (let seed = 0; seed < 40; seed++) project.runs.add(exampleRun({ seed }));
  });
  project.close();
});

afterAll(() => rmSync(dirname(intact), { recursive: true }));

function makeProject(path: string): void {
  copyFileSync(intact, path);
}

function withRaw(path: string, change: (raw: Database.Database) => void): void {
  const raw = new Database(path);
  raw.unsafeMode();
  change(raw);
  raw.close();
}

function overwrite(path: string, offset: number, bytes: Uint8Array): void {
  const content = readFileSync(path);
  content.set(bytes, offset);
  writeFileSync(path, content);
}

interface Case {
  readonly what: string;
  /** Changes an intact project at `path`. */
  readonly spoil: (path: string) => void;
  readonly code: FailureCode;
  readonly message: RegExp;
}

const cases: Case[] = [
  {
    what: 'an empty file',
    spoil: (path) => writeFileSync(path, ''),
    code: 'not-a-project',
    message: /is not a CC-Net project: it is empty/,
  },
  {
    what: 'a text file',
    spoil: (path) => writeFileSync(path, 'patient;image;mask\n'.repeat(1000)),
    code: 'not-a-project',
    message: /is not a CC-Net project: it is not an SQLite file/,
  },
  {
    what: "another program's SQLite file",
    spoil: (path) => withRaw(path, (raw) => raw.pragma('application_id = 252006675')),
    code: 'not-a-project',
    message: /it is an SQLite file of another program/,
  },
  {
    what: 'a newer project',
    spoil: (path) => withRaw(path, (raw) => raw.pragma('user_version = 99')),
    code: 'project-newer',
    message: /newer version of CC-Net Workstation \(project version 99; this program knows up to \d+\)/,
  },
  {
    what: 'a project without a version',
    spoil: (path) => withRaw(path, (raw) => raw.pragma('user_version = 0')),
    code: 'project-damaged',
    message: /is damaged: its project version is 0/,
  },
  {
    what: 'a damaged header',
    spoil: (path) => overwrite(path, 0, Buffer.alloc(16)),
    code: 'project-damaged',
    message: /is damaged: its header is not valid/,
  },
  {
    what: 'an impossible page size in the header',
    spoil: (path) => overwrite(path, 16, Buffer.from([0x12, 0x34])),
    code: 'project-damaged',
    message: /is damaged: its header is not valid/,
  },
  {
    what: 'a copy that was cut off',
    spoil: (path) => truncateSync(path, 300_000),
    code: 'project-damaged',
    message: /is damaged/,
  },
  {
    what: 'a copy cut off after its first page',
    spoil: (path) => truncateSync(path, 16_384),
    code: 'project-damaged',
    message: /is damaged/,
  },
  {
    what: 'a page of zeros',
    spoil: (path) => overwrite(path, 16_384 * 4, Buffer.alloc(16_384)),
    code: 'project-damaged',
    message: /is damaged/,
  },
  {
    what: 'pages of noise',
    spoil: (path) => {
      const noise = Buffer.from(Array.from({ length: 16_384 }, (_, index) => (index * 7919) % 251));
      for (let page = 3; page < 30; page++) overwrite(path, 16_384 * page, noise);
    },
    code: 'project-damaged',
    message: /is damaged/,
  },
  {
    what: 'a record whose parent is gone',
    spoil: (path) =>
      withRaw(path, (raw) => {
        raw.pragma('foreign_keys = OFF');
        raw.exec('DELETE FROM datasets');
      }),
    code: 'project-damaged',
    message: /300 records refer to others that are gone/,
  },
  {
    what: 'a smuggled trigger',
    spoil: (path) =>
      withRaw(path, (raw) =>
        raw.exec('CREATE TRIGGER wipe AFTER INSERT ON images BEGIN DELETE FROM calibration_runs; END'),
      ),
    code: 'project-altered',
    message: /altered by another program: it has the unknown trigger wipe on images/,
  },
  {
    what: 'a table replaced by a view',
    spoil: (path) =>
      withRaw(path, (raw) =>
        raw.exec("DROP TABLE settings; CREATE VIEW settings AS SELECT 'createdBy' AS name, 'x' AS value"),
      ),
    code: 'project-altered',
    message: /unknown view settings on settings; its table settings is missing/,
  },
  {
    what: 'a smuggled generated column',
    spoil: (path) =>
      withRaw(path, (raw) => raw.exec('ALTER TABLE images ADD COLUMN path2 TEXT AS (hex(zeroblob(100000)))')),
    code: 'project-altered',
    message: /its table images is defined differently/,
  },
  {
    what: 'a table more',
    spoil: (path) => withRaw(path, (raw) => raw.exec('CREATE TABLE notes (text TEXT)')),
    code: 'project-altered',
    message: /it has the unknown table notes on notes/,
  },
  {
    what: 'a schema that was edited to nonsense',
    spoil: (path) =>
      withRaw(path, (raw) => {
        raw.pragma('writable_schema = ON');
        raw.exec("UPDATE sqlite_schema SET sql = 'CREATE TABLE images (' WHERE name = 'images'");
      }),
    code: 'project-damaged',
    message: /is damaged: SQLite cannot follow its structure/,
  },
];

describe.each(cases)('opening $what', ({ spoil, code, message }) => {
  it.each([{ readOnly: true }, { readOnly: false }])(
    'is refused by name and reason ($readOnly)',
    (options) => {
      const path = join(temporaryFolder(), 'lab.ccnet');
      makeProject(path);
      spoil(path);
      const before = readFileSync(path);
      const caught = failure(() => Project.open(path, options));
      expect(caught).toMatchObject({ code });
      expect(caught.message).toContain(path);
      expect(caught.message).toMatch(message);
      expect(readFileSync(path).equals(before)).toBe(true);
    },
  );
});

describe('rows that are numbered to the end of what can be counted', () => {
  it.each([
    ['of runs', 'UPDATE calibration_runs SET id = 9223372036854775807 WHERE id = 1'],
    ['of datasets that there were', 'UPDATE sqlite_sequence SET seq = 9223372036854775807'],
  ])('leave no room for another, and are called damage: %s', (_which, sql) => {
    const path = join(temporaryFolder(), 'lab.ccnet');
    makeProject(path);
    const raw = new Database(path);
    raw.exec(sql);
    raw.close();
    expect(() => Project.open(path)).toThrow(/numbered beyond what can be counted/);
  });
});

describe('a value that no version of the product would write', () => {
  function makeWithNegativeWidth(path: string): void {
    makeProject(path);
    withRaw(path, (raw) => {
      raw.pragma('ignore_check_constraints = ON');
      raw.exec('UPDATE images SET width = -1 WHERE position = 7');
    });
  }

  it('is found when the project is opened for writing', () => {
    const path = join(temporaryFolder(), 'lab.ccnet');
    makeWithNegativeWidth(path);
    const caught = failure(() => Project.open(path));
    expect(caught).toMatchObject({ code: 'project-damaged' });
    expect(caught.message).toBe(`${path} is damaged: CHECK constraint failed in images.`);
  });

  it('is found when the record is read, where SQLite skips constraints because it only reads', () => {
    const path = join(temporaryFolder(), 'lab.ccnet');
    makeWithNegativeWidth(path);
    const project = Project.open(path, { readOnly: true });
    const caught = failure(() => project.images.ofDataset(1));
    expect(caught).toMatchObject({ code: 'project-damaged' });
    expect(caught.message).toMatch(/a stored value is not valid \(width: /);
    project.close();
  });

  it.each([
    '/etc/passwd',
    '..\\..\\secret.png',
    'a/../../b.png',
    ...(process.platform === 'win32' ? ['C:\\x.png', 'C:x.png'] : []),
    '\\\\server\\share\\x.png',
    'a\0b',
  ])('is an image path that leaves the dataset: %j', (image) => {
    const path = join(temporaryFolder(), 'lab.ccnet');
    makeProject(path);
    withRaw(path, (raw) => raw.prepare('UPDATE images SET image = ? WHERE position = 7').run(image));
    const project = Project.open(path);
    const caught = failure(() => project.images.ofDataset(1));
    expect(caught.message).toBe(
      `${path} is damaged: a stored value is not valid (image: a path that leaves the dataset).`,
    );
    project.close();
  });

  it.each([
    ['network', "UPDATE calibration_runs SET network = '{' WHERE seed = 3", /network: not JSON/],
    ['recipe', "UPDATE calibration_runs SET recipe = '{}' WHERE seed = 3", /recipe\.workingSide/],
    [
      'testDice',
      'UPDATE calibration_runs SET test_dice = 0.5, test_iou = 1, seed = -1 WHERE seed = 3',
      /seed/,
    ],
    [
      'masks',
      'UPDATE images SET masks = \'["../x.png"]\' WHERE position = 3',
      /masks\.0: a path that leaves/,
    ],
    ['root', "UPDATE datasets SET root = '../elsewhere'", /root: neither an absolute path/],
  ])('is refused when read: %s', (_what, sql, message) => {
    const path = join(temporaryFolder(), 'lab.ccnet');
    makeProject(path);
    withRaw(path, (raw) => raw.exec(sql));
    const project = Project.open(path);
    const caught = failure(() => [project.datasets.list(), project.images.ofDataset(1), project.runs.all()]);
    expect(caught).toMatchObject({ code: 'project-damaged' });
    expect(caught.message).toMatch(message);
    project.close();
  });
});

describe('a project that is not where it should be', () => {
  it('is said to be missing', () => {
    const path = join(temporaryFolder(), 'lab.ccnet');
    expect(failure(() => Project.open(path))).toMatchObject({ code: 'project-not-found' });
    expect(failure(() => Project.open(path)).message).toBe(`There is no project file at ${path}.`);
  });

  it.each([
    ['open', (path: string) => Project.open(path)],
    ['create', (path: string) => Project.create(path)],
    ['openOrCreate', (path: string) => Project.openOrCreate(path)],
  ])('names the missing folder (%s)', (_name, method) => {
    const folder = join(temporaryFolder(), 'gone');
    const caught = failure(() => method(join(folder, 'lab.ccnet')));
    expect(caught).toMatchObject({ code: 'project-not-found' });
    expect(caught.message).toContain(`the folder ${folder} does not exist`);
  });

  it('is no folder', () => {
    const folder = temporaryFolder();
    expect(failure(() => Project.open(folder)).message).toContain('it is a folder');
  });

  it('is not overwritten by a new one', () => {
    const path = join(temporaryFolder(), 'lab.ccnet');
    makeProject(path);
    expect(failure(() => Project.create(path))).toMatchObject({ code: 'project-exists' });
    const project = Project.open(path, { readOnly: true });
    expect(project.runs.all()).toHaveLength(40);
    project.close();
  });
});

describe.skipIf(process.platform === 'win32')('a path that is too long is called so', () => {
  const deep = (length: number): string => {
    let folder = temporaryFolder();
    while (folder.length + 100 < length) folder = join(folder, 'd'.repeat(99));
    folder = join(folder, 'e'.repeat(Math.max(1, length - folder.length - 9)));
    mkdirSync(folder, { recursive: true });
    return join(folder, 'l.ccnet');
  };

  it.each([500, 506, 520, 560, 900])('of about %i characters', (length) => {
    const path = deep(length);
    const caught = failure(() => Project.create(path).close());
    expect(caught).toMatchObject({ code: 'project-path-too-long', facts: { part: 'path' }, exitCode: 2 });
    expect(caught.message).toContain(`too long (${path.length} bytes; about 498 are possible)`);
  });

  it('and one that is just short enough holds a project', () => {
    const path = deep(480);
    makeProject(path);
    expect(existsSync(path)).toBe(true);
  });

  it('or its file name', () => {
    const path = join(temporaryFolder(), `${'n'.repeat(244)}.ccnet`);
    const caught = failure(() => Project.create(path).close());
    expect(caught).toMatchObject({ code: 'project-path-too-long', facts: { part: 'name' } });
  });
});

describe.skipIf(process.platform === 'win32')('a place where this user may not write', () => {
  it('lets a read-only file be read, and says why it cannot be written', () => {
    const folder = temporaryFolder();
    const path = join(folder, 'lab.ccnet');
    makeProject(path);
    chmodSync(path, 0o444);
    chmodSync(folder, 0o777);
    asOrdinaryUser(() => {
      const caught = failure(() => Project.open(path));
      expect(caught).toMatchObject({ code: 'project-read-only' });
      expect(caught.message).toBe(`${path} cannot be written: this user may not write the file.`);
      expectReadable(path);
    });
  });

  it('lets a file in a read-only folder be read, and says why it cannot be written', () => {
    const folder = join(temporaryFolder(), 'archive');
    mkdirSync(folder);
    const path = join(folder, 'lab.ccnet');
    makeProject(path);
    chmodSync(path, 0o666);
    chmodSync(folder, 0o555);
    asOrdinaryUser(() => {
      const caught = failure(() => Project.open(path));
      expect(caught).toMatchObject({ code: 'project-read-only' });
      expect(caught.message).toContain('its folder does not let this user create');
      expectReadable(path);
    });
    chmodSync(folder, 0o755);
  });

  it('says so when a project is to be made there', () => {
    const folder = join(temporaryFolder(), 'archive');
    mkdirSync(folder, { mode: 0o555 });
    asOrdinaryUser(() => {
      expect(failure(() => Project.create(join(folder, 'lab.ccnet')))).toMatchObject({
        code: 'project-read-only',
      });
    });
  });

  function expectReadable(path: string): void {
    const project = Project.open(path, { readOnly: true });
    expect(project.runs.all()).toHaveLength(40);
    project.close();
  }

  /** Root may write everywhere, so a test run as root becomes nobody for a moment. */
  function asOrdinaryUser(body: () => void): void {
    if (process.geteuid?.() !== 0) {
      body();
      return;
    }
    process.seteuid?.(65_534);
    try {
      body();
    } finally {
      process.seteuid?.(0);
    }
  }
});

describe('a session', () => {
  it('for reading only refuses to write, and the file stays as it was', () => {
    const path = join(temporaryFolder(), 'lab.ccnet');
    makeProject(path);
    const before = readFileSync(path);
    const project = Project.open(path, { readOnly: true });
    const caught = failure(() => project.runs.add(exampleRun({ seed: 99 })));
    expect(caught).toMatchObject({ code: 'project-read-only' });
    expect(caught.message).toContain('it is open for reading only');
    project.close();
    expect(readFileSync(path).equals(before)).toBe(true);
  });

  it('says when the disk is full, and keeps what was stored before', () => {
    const path = join(temporaryFolder(), 'lab.ccnet');
    makeProject(path);
    const raw = new Database(path);
    raw.pragma(`max_page_count = ${String(raw.pragma('page_count', { simple: true }))}`);
    const database = new ProjectDatabase(raw, path);
    const caught = failure(() =>
      database.run('INSERT INTO settings (name, value) VALUES (@name, @value)', {
        name: 'large',
        value: 'x'.repeat(1_000_000),
      }),
    );
    expect(caught).toMatchObject({ code: 'disk-full' });
    expect(caught.message).toBe(`The disk is full: ${path} could not be written.`);
    database.close();
    const project = Project.open(path);
    expect(project.runs.all()).toHaveLength(40);
    project.close();
  });

  it('opens a copy and a file with bytes appended by a careless transfer', () => {
    const folder = temporaryFolder();
    makeProject(join(folder, 'lab.ccnet'));
    copyFileSync(join(folder, 'lab.ccnet'), join(folder, 'copy.ccnet'));
    appendFileSync(join(folder, 'copy.ccnet'), '\r\n');
    const project = Project.open(join(folder, 'copy.ccnet'));
    expect(project.runs.all()).toHaveLength(40);
    project.close();
  });
});

function failure(body: () => unknown): CcnetError {
  try {
    body();
  } catch (error) {
    if (error instanceof CcnetError) return error as CcnetError;
    throw error;
  }
  throw new Error('It did not fail.');
}
