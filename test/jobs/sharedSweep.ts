import { join } from 'node:path';
import type { NetworkSpec } from '#common/network/network.ts';
import { DEFAULT_RECIPE } from '#common/training/defaultRecipe.ts';
import { generateDataset } from '../../src-main/demo/generateDataset.ts';
import { stepAddon } from '../../src-main/engine/compiled/stepAddon.ts';
import { openEngine } from '../../src-main/engine/openEngine.ts';
import { addDataset } from '../../src-main/jobs/dataset/addDataset.ts';
import { besideVersion } from '../../src-main/jobs/sweep/measureThreads.ts';
import { Project } from '../../src-main/project/project.ts';
import { temporaryFolder } from '../project/temporaryFolder.ts';

/** With the factors so narrow that a software card compiles none of the kernels for wide layers, which take it some seconds each. */
export const WIDTH = 1;
export const ALPHAS = [0.25, 0.5];
export const THREADS = 2;
/** With fewer known steps a job would time some of its own. */
const TIMED = [0.125, ...ALPHAS];

export const recipe = {
  ...DEFAULT_RECIPE,
  ...{ workingSide: 32, crop: 32, batch: 2, epochs: 2, stepsPerEpoch: 2, warmupSteps: 0 },
};

/** A project with a dataset of tiny grey images. */
export async function tinyLab(): Promise<{ project: Project; dataset: number }> {
  const folder = temporaryFolder();
  const path = join(folder, 'cells');
  await generateDataset(path, { tissue: 'cells', images: 8, side: 32, seed: 5 });
  const project = Project.create(join(folder, 'lab.ccnet'));
  const job = addDataset({ kind: 'add-dataset', path, name: 'cells', splitMode: 'hashed' }, project);
  const { id } = await job.run(new AbortController().signal, () => undefined);
  return { project, dataset: id };
}

/**
 * Lets a project know steps of the U-Net, as if they had been measured: milliseconds by the factor.
 * @param card version of the device beside the cores
 * @param cores on one thread; all of them are as many times as fast
 */
export async function knowSteps(
  { measurements }: Project,
  card: string,
  cores: (factor: number) => number,
  onCard: (factor: number) => number,
): Promise<void> {
  await openEngine('native', { threads: THREADS });
  const threads = stepAddon().threadCount();
  const known: [engine: string, (factor: number) => number][] = [
    [card, onCard],
    [besideVersion(1, 1), cores],
    [besideVersion(threads, 1), (factor) => cores(factor) / threads],
    [besideVersion(1, threads), cores],
  ];
  for (const [engine, milliseconds] of known)
    for (const factor of TIMED) {
      const network: NetworkSpec = { family: 'unet', width: WIDTH, channels: 1, classes: 2, factor };
      const { crop, batch } = recipe;
      const step = { engine, network, crop, batch, residentBytes: 1e6 };
      measurements.setStepTiming({ ...step, milliseconds: milliseconds(factor) });
    }
}
