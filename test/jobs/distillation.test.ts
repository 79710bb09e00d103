import { join } from 'node:path';
import { expect, it } from 'vitest';
import { DEFAULT_RECIPE } from '#common/training/defaultRecipe.ts';
import type { RequestOf } from '#contract/jobs/jobKinds.ts';
import { generateDataset } from '../../src-main/demo/generateDataset.ts';
import { calibrate } from '../../src-main/jobs/calibration/calibrate.ts';
import { addDataset } from '../../src-main/jobs/dataset/addDataset.ts';
import { Project } from '../../src-main/project/project.ts';
import { temporaryFolder } from '../project/temporaryFolder.ts';

const run = { signal: new AbortController().signal, onProgress: () => undefined };

it('a network that learns from a wider one has that one trained first, once, and by the plain recipe', async () => {
  const folder = temporaryFolder();
  const path = join(folder, 'cells');
  await generateDataset(path, { tissue: 'cells', images: 6, side: 64, seed: 9 });
  const project = Project.create(join(folder, 'lab.ccnet'));
  const { id } = await addDataset(
    { kind: 'add-dataset', path, name: 'cells', splitMode: 'hashed' },
    project,
  ).run(run.signal, run.onProgress);
  const recipe = {
    ...DEFAULT_RECIPE,
    workingSide: 64,
    crop: 32,
    batch: 2,
    epochs: 1,
    stepsPerEpoch: 3,
    warmupSteps: 0,
  };
  const sweep: RequestOf<'calibrate'> = {
    ...{ kind: 'calibrate', datasets: [id], family: 'unet', width: 4, alphas: [0.25, 0.5], seeds: [1] },
    ...{ recipe: { ...recipe, teacherWidth: 4 }, device: 'native', threads: 1 },
  };
  await calibrate(sweep, project).run(run.signal, run.onProgress);
  const trained = project.networks
    .list(id)
    .map(({ network, recipe: { teacherWidth } }) => [network.factor, teacherWidth]);
  expect(trained).toEqual([
    [1, undefined],
    [0.25, 4],
    [0.5, 4],
  ]);

  // The teacher's answers matter: without them the same network from the same seed has other weights.
  await calibrate({ ...sweep, alphas: [0.25], recipe }, project).run(run.signal, run.onProgress);
  const alike = project.networks.list(id).filter(({ network }) => network.factor === 0.25);
  const [distilled, plain] = alike.map((network) => project.networks.weights(network.id)[0]?.data);
  expect(distilled).not.toEqual(plain);
  project.close();
});
