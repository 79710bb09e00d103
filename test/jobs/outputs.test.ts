import { linkSync, readdirSync, readFileSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createJob } from '../../src-main/jobs/createJob.ts';
import { outputsOf } from '../../src-main/jobs/outputs.ts';
import { Project } from '../../src-main/project/project.ts';
import { capture } from '../cli/capture.ts';
import { failing } from '../failing.ts';
import { calibratedLab, type Lab } from './calibratedLab.ts';

const { signal } = new AbortController();

let lab: { -readonly [Name in keyof Lab]: Lab[Name] };
beforeEach(async () => {
  lab = await calibratedLab();
});
afterEach(() => lab.project.close());

/** Every file of the lab's folder but the lock, which is there while the project is open. */
function contents(): Record<string, string> {
  const names = readdirSync(lab.folder, { recursive: true, encoding: 'utf8' });
  const files = names.filter((name) => statSync(join(lab.folder, name)).isFile() && !name.endsWith('.lock'));
  return Object.fromEntries(files.map((name) => [name, readFileSync(join(lab.folder, name), 'base64')]));
}

const IMAGE = 'cells/images/cells-001.png';
const MASK = 'cells/masks/cells-001.png';

/** Names of what must stay, and how each comes about. */
type Making = (folder: string) => void;
const STAYS: [what: string, name: string, make?: Making][] = [
  ['the project', 'lab.ccnet'],
  [
    'the project by another name',
    'link.ccnet',
    (at) => symlinkSync(join(at, 'lab.ccnet'), join(at, 'link.ccnet')),
  ],
  ['the project by a hard link', 'hard.html', (at) => linkSync(join(at, 'lab.ccnet'), join(at, 'hard.html'))],
  ['the writer lock', 'lab.ccnet.lock'],
  ['the journal, also when there is none', 'lab.ccnet-journal'],
  ['a backup', 'lab.v3.backup-2.ccnet', (at) => writeFileSync(join(at, 'lab.v3.backup-2.ccnet'), 'old')],
  ['another project', 'other.html', (at) => Project.create(join(at, 'other.html')).close()],
  ['an image', IMAGE],
  ['a mask', MASK],
  ['an image by a link', 'picture.html', (at) => symlinkSync(join(at, IMAGE), join(at, 'picture.html'))],
  ['an image by a hard link', 'hard.png', (at) => linkSync(join(at, IMAGE), join(at, 'hard.png'))],
  [
    'an image of the dataset that was not used',
    'cells/more.tif',
    (at) => writeFileSync(join(at, 'cells/more.tif'), 'x'),
  ],
];

describe.each(STAYS)('%s', (_what, name, make) => {
  const target = (): string => {
    make?.(lab.folder);
    return join(lab.folder, name);
  };

  it('is replaced neither by a library nor by a report', async () => {
    const file = target();
    const before = contents();
    const refused = failing('output-is-input');
    const library = createJob({ kind: 'export-library', file }, lab.project);
    await expect(library.run(signal, () => undefined)).rejects.toThrow(refused);
    const report = createJob({ kind: 'report', dataset: lab.dataset, out: file }, lab.project);
    await expect(report.run(signal, () => undefined)).rejects.toThrow(refused);
    await expect(outputsOf(lab.project).write(file, 'x')).rejects.toThrow(refused);
    expect(contents()).toEqual(before);
  });
});

describe('what lies elsewhere', () => {
  it.each(['library.json', 'cells/library.json', 'new/folder/library.json', 'lab.ccnet.html'])(
    '%s is written, and replaced the second time',
    async (name) => {
      const file = join(lab.folder, name);
      const library = createJob({ kind: 'export-library', file }, lab.project);
      await library.run(signal, () => undefined);
      await library.run(signal, () => undefined);
      expect(readFileSync(file, 'utf8')).toContain('ccnet-calibration-library');
    },
  );

  it('a device is no file to replace', async () => {
    await expect(outputsOf(lab.project).requireFree('/dev/null')).rejects.toThrow(failing('output-is-input'));
  });
});

describe('a dataset in a .zip', () => {
  it('stays what it is', async () => {
    const zip = join(lab.folder, 'cells.zip');
    writeFileSync(zip, 'not looked into');
    lab.project.datasets.relocate(lab.dataset, zip, 'zip');
    await expect(outputsOf(lab.project).write(zip, 'x')).rejects.toThrow(failing('output-is-input'));
    expect(readFileSync(zip, 'utf8')).toBe('not looked into');
  });
});

describe('the command line', () => {
  it('refuses to write the library onto the project that it is of, and leaves the project as it was', async () => {
    lab.project.close();
    const path = join(lab.folder, 'lab.ccnet');
    const before = readFileSync(path);
    const { exitCode, stderr } = await capture(['library', 'export', path, '--project', path]);
    expect(exitCode).toBe(2);
    expect(stderr).toContain('is not replaced');
    expect(readFileSync(path).equals(before)).toBe(true);
    lab.project = Project.open(path);
  });
});
