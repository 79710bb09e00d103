import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { COMMANDS } from '../../src-main/cli/commands/commands.ts';
import { Project } from '../../src-main/project/project.ts';
import { exampleDataset, exampleImage, exampleRun } from '../project/examples.ts';
import { temporaryFolder } from '../project/temporaryFolder.ts';
import { capture } from './capture.ts';

/** Sets the title of the window, begins a line of its own, turns the direction of writing. */
const HOSTILE = 'cells\u001b]0;owned\u0007\nccnet: all is well\u202e';
const STEERS = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069]/;

function hostileProject(): string {
  const path = join(temporaryFolder(), 'lab.ccnet');
  const project = Project.create(path);
  const dataset = project.datasets.add({ ...exampleDataset, name: 'plain' }, [exampleImage(1)], []);
  // As an older version, or a stranger's program, has let it in.
  project.datasets.rename(dataset.id, HOSTILE);
  project.runs.add(exampleRun({ datasetName: HOSTILE }));
  project.close();
  return path;
}

/** Every command that takes a project, with words that let it get as far as to the name. */
const RUNS = COMMANDS.filter(({ options }) => 'project' in options).map(({ name }) => name);

describe('the name of a dataset that steers terminals', () => {
  it.each(RUNS)('is written out by "ccnet %s", and makes no line of its own', async (name) => {
    const path = hostileProject();
    // `library export` takes the name for that of the file to write.
    const home = process.cwd();
    process.chdir(temporaryFolder());
    onTestFinished(() => process.chdir(home));
    for (const json of [[], ['--json']]) {
      const words = [...name.split(' '), HOSTILE, '--project', path, ...json];
      const { stdout, stderr } = await capture(
        name === 'dataset list' || name === 'library list' || name === 'run list'
          ? words.filter((word) => word !== HOSTILE)
          : words,
      );
      expect(stdout + stderr).not.toMatch(STEERS);
      expect(stdout + stderr).not.toMatch(/^ccnet: all is well/m);
    }
  });

  it('is told in full where datasets are listed', async () => {
    const { stdout } = await capture(['dataset', 'list', '--project', hostileProject()]);
    expect(stdout).toContain('cells\\u001b]0;owned\\u0007\\u000accnet: all is well\\u202e');
  });

  it('is not taken in', async () => {
    const folder = join(temporaryFolder(), 'data');
    mkdirSync(folder);
    const { exitCode, stderr } = await capture([
      ...['dataset', 'add', folder, '--name', HOSTILE],
      ...['--project', join(folder, '../lab.ccnet')],
    ]);
    expect(exitCode).toBe(2);
    expect(stderr).toContain('cannot be the name of a dataset');
  });
});

describe.skipIf(process.platform === 'win32')('the name of a file that steers terminals', () => {
  it('is written out by the doctor', async () => {
    const folder = temporaryFolder();
    for (const sub of ['images', 'masks']) {
      mkdirSync(join(folder, sub));
      writeFileSync(join(folder, sub, 'a\u001b[2J\nerror: b\u202e.png'), 'no image');
    }
    const { stdout, stderr } = await capture(['dataset', 'check', folder]);
    expect(stdout + stderr).toContain('a\\u001b[2J\\u000aerror: b\\u202e.png');
    expect(stdout + stderr).not.toMatch(STEERS);
    expect(stdout + stderr).not.toMatch(/^error: b/m);
  });
});
