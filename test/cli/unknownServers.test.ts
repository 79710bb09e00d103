import { join } from 'node:path';
import { describe, expect, it, vi } from 'vitest';
import { DEFAULT_RECIPE } from '#common/training/defaultRecipe.ts';
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
