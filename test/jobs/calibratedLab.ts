import { join } from 'node:path';
import type { CalibrationRun } from '#common/calibration/calibrationRun.ts';
import { DEFAULT_RECIPE } from '#common/training/defaultRecipe.ts';
import type { TrainingRecipe } from '#common/training/training.ts';
import { complexityRecipe } from '#common/dataset/complexityRecipe.ts';
import { generateDataset } from '../../src-main/demo/generateDataset.ts';
import { addDataset } from '../../src-main/jobs/dataset/addDataset.ts';
import { networkCost } from '../../src-main/network/networkCost.ts';
import { Project } from '../../src-main/project/project.ts';
import { calibratedDataset, calibrationRun } from '../prediction/calibrationRun.ts';
import { temporaryFolder } from '../project/temporaryFolder.ts';

export const SIDE = 64;
export const BASE = { family: 'unet', width: 4 } as const;

/** How the runs of the lab were trained: a second of work. */
export const RECIPE: TrainingRecipe = {
  ...DEFAULT_RECIPE,
  workingSide: SIDE,
  crop: 32,
  batch: 2,
  epochs: 1,
  stepsPerEpoch: 2,
  warmupSteps: 1,
};

/** A run of the lab's base network on a dataset, with the Dice that a test wants of it. */
export function labRun(
  dataset: Pick<CalibrationRun, 'datasetFingerprint' | 'datasetName'>,
  alpha: number,
  dice: number,
  change: Partial<CalibrationRun> = {},
): CalibrationRun {
  const network = { ...BASE, channels: 1, classes: 2, factor: alpha } as const;
  return calibrationRun({
    ...dataset,
    network,
    parameters: networkCost(network, SIDE, SIDE).parameters,
    recipe: RECIPE,
    testDice: dice,
    validationDice: dice,
    ...change,
  });
}

export interface Lab {
  readonly project: Project;
  readonly folder: string;
  /** Id and fingerprint of the one dataset with images, "cells", on which nothing was trained yet. */
  readonly dataset: number;
  readonly fingerprint: string;
}

/** A project with one dataset of eight images, and runs of three sizes on three others. */
export async function calibratedLab(): Promise<Lab> {
  const folder = temporaryFolder();
  const path = join(folder, 'cells');
  await generateDataset(path, { tissue: 'cells', images: 8, side: SIDE, seed: 3 });
  const project = Project.create(join(folder, 'lab.ccnet'));
  const signal = new AbortController().signal;
  await addDataset({ kind: 'add-dataset', path, name: 'cells', splitMode: 'hashed' }, project).run(
    signal,
    () => undefined,
  );
  ['a', 'b', 'c'].forEach((name, i) => {
    for (const [alpha, dice] of [
      [1, 0.9],
      [1 / 2, 0.88],
      [1 / 4, 0.8],
    ] as const) {
      const dataset = { datasetFingerprint: name.repeat(64), datasetName: name };
      project.runs.add(labRun(dataset, alpha, dice - 0.02 * i));
    }
    const { complexity } = calibratedDataset(name, {});
    project.calibratedDatasets.put({
      fingerprint: name.repeat(64),
      name,
      related: null,
      complexity: { ...complexity, recipe: complexityRecipe(SIDE), segmentability: 0.8 },
    });
  });
  const { id, fingerprint } = project.datasets.named('cells');
  return { project, folder, dataset: id, fingerprint };
}
