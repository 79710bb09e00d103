import { join } from 'node:path';
import { problemOf } from '#common/failures/failures.ts';
import type { RequestOf } from '#contract/jobs/jobKinds.ts';
import { DEFAULT_RECIPE } from '#common/training/defaultRecipe.ts';
import { generateDataset, type Tissue } from '../../../src-main/demo/generateDataset.ts';
import type { RunningProgram } from '../../host/runningProgram.ts';
import type { AppWindow } from './window.ts';

/** A folder of generated images with their masks. */
export async function generatedFolder(parent: string, tissue: Tissue = 'cells'): Promise<string> {
  const folder = join(parent, `${tissue}-images`);
  await generateDataset(folder, { tissue, images: 12, side: 64, seed: 3 });
  return folder;
}

/** Makes a project through the window's own calls, with system dialogs answered. @returns its path */
export async function newProject(
  program: RunningProgram,
  window: AppWindow,
  name = 'lab.ccnet',
): Promise<string> {
  const path = join(program.data, name);
  await program.control({ do: 'answer-dialogs', answers: [path] });
  // Tests count their own runs.
  await window.call('settings.set', { starterLibrary: false });
  const view = await window.call('projects.create', undefined);
  if (!view) throw new Error('The project was not made.');
  return view.path;
}

/** Adds a generated dataset to the open project. @returns its id */
export async function addDataset(
  program: RunningProgram,
  window: AppWindow,
  tissue: Tissue = 'cells',
): Promise<number> {
  const path = await generatedFolder(program.data, tissue);
  await program.control({ do: 'answer-dialogs', answers: [path] });
  await window.call('dialogs.folder', { title: 'Images' });
  const job = await window.call('jobs.start', {
    kind: 'add-dataset',
    path,
    name: tissue,
    splitMode: 'hashed',
  });
  const { state, error, result } = await window.until(job.id, ({ finishedAt }) => finishedAt !== null);
  if (state !== 'finished' || !result || !('convention' in result) || !('id' in result))
    throw new Error(`The dataset was not added: ${error ? problemOf(error) : state}`);
  return result.id;
}

/** Trains one tiny network, on the first dataset of a project, for so many epochs: a fraction of a second each. */
export function tinyTraining(epochs: number): RequestOf<'calibrate'> {
  return {
    kind: 'calibrate',
    datasets: [1],
    family: 'unet',
    width: 4,
    alphas: [1],
    seeds: [1],
    recipe: {
      ...DEFAULT_RECIPE,
      workingSide: 64,
      crop: 32,
      batch: 2,
      epochs,
      stepsPerEpoch: 10,
      warmupSteps: 5,
    },
    device: 'native',
    threads: 1,
  };
}
