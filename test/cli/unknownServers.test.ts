import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, it, vi } from 'vitest';
import { PLAIN_READING } from '#common/dataset/readMaskValue.ts';
import { PRODUCT_VERSION } from '#common/productVersion.ts';
import { DEFAULT_RECIPE } from '#common/training/defaultRecipe.ts';
import { SweepFolder } from '../../src-main/cluster/sweepFolder.ts';
import { Project } from '../../src-main/project/project.ts';
import { exampleDataset, exampleImage, exampleNetwork } from '../project/examples.ts';
import { temporaryFolder } from '../project/temporaryFolder.ts';
import { capture } from './capture.ts';

// As Windows reads \\evil\share.
vi.mock(import('../../src-main/files/serverOf.ts'), () => ({
  serverOf: (path: string) => /^[/\\]evil[/\\]/.exec(path) && 'evil',
}));

function strangersProject(): string {
  const path = join(temporaryFolder(), 'lab.ccnet');
  const project = Project.create(path);
  const images = [1, 2, 3, 4].map((number) => exampleImage(number));
  const { id } = project.datasets.add({ ...exampleDataset, name: 'cells', root: '/evil/share' }, images, []);
  project.trainings.add({
    datasetId: id,
    purpose: 'calibration',
    network: exampleNetwork,
    recipe: DEFAULT_RECIPE,
    seed: 1,
    fold: null,
  });
  project.close();
  return path;
}

describe('a project that says that its images lie on a server that was never named', () => {
  it.each([
    ['complexity', 'cells'],
    ['calibrate', 'cells', '--seeds', '1'],
    ['calibrate', 'cells', '--dry-run'],
    ['predict', 'cells'],
    ['probe', 'cells'],
    ['compress', 'cells', '--out', 'small'],
    ['report', 'cells', '--out', 'report.html'],
    ['run', 'resume', '1'],
  ])('has "ccnet %s" call no server', async (...words) => {
    vi.stubEnv('XDG_DATA_HOME', temporaryFolder());
    const { exitCode, stderr } = await capture([...words, '--project', strangersProject()]);
    expect(stderr).toContain('The server "evil" is not called');
    expect(exitCode).toBe(2);
  });

  it('is told where the images lie by naming the server', async () => {
    vi.stubEnv('XDG_DATA_HOME', temporaryFolder());
    const project = strangersProject();
    await capture(['dataset', 'check', '/evil/share']);
    const { stderr } = await capture(['complexity', 'cells', '--project', project]);
    expect(stderr).not.toContain('is not called');
    expect(stderr).toContain('/evil/share');
  });
});

it('a task of a stranger has it call no server either', async () => {
  vi.stubEnv('XDG_DATA_HOME', temporaryFolder());
  const folder = new SweepFolder(join(temporaryFolder(), 'sweep'));
  const print = 'a'.repeat(64);
  const image = { ...exampleImage(1), imageHash: print, maskHash: print };
  const dataset = {
    ...{ format: 'ccnet-task-dataset', version: 1, name: 'cells', fingerprint: print, root: '/evil/share' },
    ...{ channels: 3, reading: PLAIN_READING, images: [image] },
  };
  const task = {
    ...{
      format: 'ccnet-task',
      version: 1,
      product: PRODUCT_VERSION,
      dataset: print,
      network: exampleNetwork,
    },
    ...{ recipe: DEFAULT_RECIPE, seed: 1, fold: null, teacher: null, device: 'native' },
  };
  for (const [file, document] of [
    [folder.dataset(print), dataset],
    [folder.task('000000'), task],
  ] as const) {
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, JSON.stringify(document));
  }
  const { exitCode, stderr } = await capture(['task', 'run', folder.task('000000')]);
  expect(stderr).toContain('The server "evil" is not called');
  expect(exitCode).toBe(2);
});
