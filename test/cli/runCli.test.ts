import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { exportLibrary } from '../../src-main/calibration/exportLibrary.ts';
import { COMMANDS } from '../../src-main/cli/commands/commands.ts';
import { Project } from '../../src-main/project/project.ts';
import { exampleDataset, exampleImage, exampleRun } from '../project/examples.ts';
import { temporaryFolder } from '../project/temporaryFolder.ts';
import { capture } from './capture.ts';

describe('ccnet', () => {
  it('lists every command in its help', async () => {
    const { stdout, exitCode } = await capture(['--help']);
    expect(exitCode).toBe(0);
    for (const command of COMMANDS) expect(stdout).toContain(`  ${command.name} `);
  });

  it.each(COMMANDS.map((command) => [command.name, command] as const))(
    'tells usage, every option and an example of "%s"',
    async (name, command) => {
      const { stdout, exitCode } = await capture([...name.split(' '), '--help']);
      expect(exitCode).toBe(0);
      expect(stdout).toContain(`usage: ccnet ${name}`);
      for (const option of Object.keys(command.options)) expect(stdout).toContain(`--${option}`);
      expect(stdout).toContain(command.example);
    },
  );

  it.each(['dataset', 'run', 'library'])('lists the commands of "%s" and no others', async (group) => {
    const { stdout, exitCode } = await capture([group, '--help']);
    expect(exitCode).toBe(0);
    for (const { name } of COMMANDS) {
      expect([name, stdout.includes(`  ${name} `)]).toEqual([name, name.startsWith(`${group} `)]);
    }
  });

  it('names the commands below one that is a command itself', async () => {
    const { stdout } = await capture(['devices', '--help']);
    expect(stdout).toContain('usage: ccnet devices [options]');
    expect(stdout).toMatch(/see also:\n {2}devices setup-cuda /);
  });

  it.each(COMMANDS.map((command) => [command.name, command] as const))(
    'shows no empty list of options for "%s"',
    async (name) => {
      const { stdout } = await capture([...name.split(' '), '--help']);
      expect(stdout).toMatch(/options:\n(  --\S+.*\n( +\S.*\n)*)+/);
      expect(stdout).toContain('--json');
    },
  );

  it('gives an option one default and one spelling in every command', () => {
    const options = COMMANDS.flatMap(({ options: of }) => Object.entries(of));
    for (const name of ['width', 'alphas', 'format', 'working-side', 'device']) {
      const defaults = new Set(options.filter(([other]) => other === name).map(([, spec]) => spec.default));
      if (name === 'device') defaults.delete('all');
      expect([name, [...defaults].length]).toEqual([name, 1]);
    }
    const names = new Set(options.map(([name]) => name));
    // The seed of one training, and how many of them a sweep goes through.
    expect([...names].filter((name) => names.has(`${name}s`))).toEqual(['seed']);
  });

  it('removes a dataset from a project, and says what went and what stayed', async () => {
    const file = join(temporaryFolder(), 'lab.ccnet');
    const project = Project.create(file);
    project.datasets.add({ ...exampleDataset, name: 'glands' }, [exampleImage(1)], []);
    project.close();
    const { stdout, stderr, exitCode } = await capture(['dataset', 'remove', 'glands', '--project', file]);
    expect([exitCode, stderr]).toEqual([0, '']);
    expect(stdout).toMatch(
      /^Removed glands: 1 image, 0 predictions, 0 outcomes\. Its files are untouched at /,
    );
    const again = await capture(['dataset', 'remove', 'glands', '--project', file]);
    expect(again.exitCode).toBe(2);
    expect(again.stderr).toContain('glands');
  });

  it('calls the splits training, validation and test', async () => {
    const file = join(temporaryFolder(), 'lab.ccnet');
    const project = Project.create(file);
    const images = [
      ...[1, 2].map((number) => exampleImage(number)),
      exampleImage(3, { split: 'validation' }),
      exampleImage(4, { split: 'test' }),
    ];
    project.datasets.add({ ...exampleDataset, name: 'glands' }, images, []);
    project.close();
    const [first = ''] = images.map(({ name }) => name);
    const ask = (...words: string[]) => capture(['dataset', ...words, '--project', file]);
    expect((await ask('images', 'glands')).stdout).toMatch(/ training\b/);
    expect((await ask('move', 'glands', first, '--to', 'elsewhere')).stderr).toContain(
      'training, validation, test',
    );
    const moved = await ask('move', 'glands', first, '--to', 'validation');
    expect(moved.stdout).toContain('1 training, 2 validation, 1 test');
    for (const name of ['training', 'validation', 'train']) {
      expect((await ask('move', 'glands', first, '--to', name)).stderr).toBe('');
    }
  });

  it.each([
    [['frobnicate'], /"frobnicate" is not a command/],
    [['dataset'], /dataset add, dataset check, dataset list/],
    [['predict', 'x', '--frob'], /ccnet predict has no option --frob/],
    [['compress', 'x', '--formats', 'onnx'], /no option --formats[^]*Use --format\./],
    [['predict', 'x'], /--project is missing/],
    [['predict', 'x', '--project', 'lab.txt'], /lab\.txt: a project file ends in \.ccnet/],
    [['predict', 'x', '--project', 'nowhere/lab.ccnet'], /nowhere/],
    [['network', 'resnet'], /resnet.*not known[^]*unet, fcn8s, cumedvision/],
    [['network', 'unet', '--channels', '2'], /--channels/],
    [['compress', 'x', '--out', 'd', '--seed', '-1', '--project', 'a.ccnet'], /--seed/],
    [['dataset', 'list', 'x'], /Too many arguments for ccnet dataset list: x\.\nIt takes none/],
    [['dataset', 'remove', 'my', 'glands'], /dataset remove: glands\.\nGive only NAME; quote names/],
    [['network', 'unet', 'fcn8s'], /Too many arguments for ccnet network: fcn8s/],
    [['dataset', 'relocate', 'a', 'b', 'c'], /Too many arguments for ccnet dataset relocate: c/],
  ])('ends with 2 and says what to do for: %j', async (words, message) => {
    const { stderr, stdout, exitCode } = await capture(words);
    expect(stderr).toMatch(message);
    expect(stdout).toBe('');
    expect(exitCode).toBe(2);
  });

  it('puts one JSON document on standard output, also for an error', async () => {
    const { stdout, stderr, exitCode } = await capture(['network', 'unet', '--alphas', '3', '--json']);
    expect(JSON.parse(stdout)).toMatchObject({
      error: { code: 'not-a-factor', facts: { given: '3' }, exitCode: 2 },
    });
    expect(stderr).toBe('');
    expect(exitCode).toBe(2);
  });

  it('counts the published parameters of the U-Net', async () => {
    const { stdout } = await capture([
      'network',
      'unet',
      '--width',
      '64',
      '--channels',
      '3',
      '--alphas',
      '1,1/2,1/4',
      '--json',
    ]);
    const rows = JSON.parse(stdout) as {
      alpha: number;
      parameters: number;
      macs: number;
      activationBytes: number;
    }[];
    expect(rows.map(({ alpha, parameters }) => [alpha, parameters])).toEqual([
      [1, 31_045_506],
      [0.5, 7_766_978],
      [0.25, 1_944_546],
    ]);
    expect(rows.every(({ macs, activationBytes }) => macs > 1e8 && activationBytes > 1e6)).toBe(true);
  });

  it('puts the starter library into a project that it makes, lists it, and takes it out again', async () => {
    const folder = temporaryFolder();
    const path = join(folder, 'lab.ccnet');
    const file = join(folder, 'library.json');
    writeFileSync(file, exportLibrary([], []).text);
    expect((await capture(['library', 'import', file, '--project', path])).exitCode).toBe(0);
    const listed = async (of: string) => {
      const { stdout } = await capture(['library', 'list', '--json', '--project', of]);
      return JSON.parse(stdout) as { datasets: unknown[]; starter: { runs: number; held: number } };
    };
    const { datasets, starter } = await listed(path);
    expect(starter.held).toBe(starter.runs);
    expect(starter.held).toBeGreaterThan(100);
    expect(datasets.length).toBeGreaterThanOrEqual(10);
    const removed = await capture(['library', 'remove', 'starter', '--project', path]);
    expect(removed.stdout).toContain(`${starter.runs} runs of the starter library taken out`);
    expect((await listed(path)).datasets).toEqual([]);
    expect((await capture(['library', 'import', 'starter', '--project', path])).stdout).toContain(
      `${starter.runs} runs added`,
    );
    const without = join(folder, 'without.ccnet');
    await capture(['library', 'import', file, '--no-library', '--project', without]);
    expect((await listed(without)).datasets).toEqual([]);
    expect((await capture(['library', 'remove', 'mine.json', '--project', path])).exitCode).toBe(2);
  });

  it('exports the library of a project that another program writes to', async () => {
    const folder = temporaryFolder();
    const path = join(folder, 'lab.ccnet');
    const writer = Project.create(path);
    writer.runs.add(exampleRun());
    const { stdout, stderr, exitCode } = await capture([
      ...['library', 'export', join(folder, 'library.json')],
      ...['--project', path],
    ]);
    writer.close();
    expect(stderr).not.toContain('open for writing');
    expect(stdout).toContain('1 run');
    expect(exitCode).toBe(0);
  });
});
