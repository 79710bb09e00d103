import { join } from 'node:path';
import { DEFAULT_RECIPE } from '#common/training/defaultRecipe.ts';
import type { Finding } from '#common/dataset/dataset.ts';
import type { Publication } from '#common/use/publication.ts';
import type { RequestOf } from '#contract/jobs/jobKinds.ts';
import { complexityRecipe } from '#common/dataset/complexityRecipe.ts';
import { generateDataset } from '../../../src-main/demo/generateDataset.ts';
import { createJob } from '../../../src-main/jobs/createJob.ts';
import { networkCost } from '../../../src-main/network/networkCost.ts';
import { Project } from '../../../src-main/project/project.ts';
import { calibratedDataset, calibrationRun } from '../../prediction/calibrationRun.ts';

export const SIDE = 64;
type Question = Pick<RequestOf<'predict'>, 'family' | 'width' | 'alphas' | 'limits' | 'workingSide'>;
const NETWORK: Pick<Question, 'family' | 'width' | 'alphas'> = {
  family: 'unet',
  width: 4,
  alphas: [1 / 2, 1 / 4],
};
const recipe = {
  ...DEFAULT_RECIPE,
  workingSide: SIDE,
  ...{ crop: 32, batch: 2, epochs: 2, stepsPerEpoch: 2, warmupSteps: 1, patience: 0 },
};
export const TRAINING = { recipe, device: 'native', threads: 1 } as const;
export const QUESTION: Question = { ...NETWORK, limits: { retain: 0.5, safe: false }, workingSide: SIDE };

const FINDING: Finding = {
  ...{ severity: 'warning', code: 'size-mismatch', file: 'images/a.png', problem: 'It is too small.' },
  remedy: { kind: 'keep-alike' },
};
const PUBLICATION: Publication = {
  authors: [{ name: 'A' }],
  licence: 'MIT',
  cite: [{ text: 'B', doi: '10.1/b' }],
};

const never = new AbortController().signal;

/** The training that was stopped after its first epoch, and can be gone on with. */
export const UNFINISHED: RequestOf<'calibrate'> = {
  ...{ kind: 'calibrate', datasets: [1], ...NETWORK, alphas: [1], seeds: [2], folds: [{ number: 1, of: 2 }] },
  ...TRAINING,
};

/** A small project with something in every table, and the images "cells" that it was made of. */
export async function wholeLab(folder: string): Promise<string> {
  const path = join(folder, 'lab.ccnet');
  await generateDataset(join(folder, 'cells'), { tissue: 'cells', images: 10, side: SIDE, seed: 3 });
  const project = Project.create(path);
  const told = {
    stage: 'Training',
    done: 1,
    total: 2,
    unit: 'networks',
    secondsLeft: 3,
    figures: { loss: 1 },
  };
  try {
    const groups = { by: 'name', pattern: 'cells-{group}' } as const;
    const added = { path: join(folder, 'cells'), name: 'cells', splitMode: 'hashed', groups } as const;
    await createJob({ kind: 'add-dataset', ...added }, project).run(never, () => undefined);
    addLibrary(project);
    const asked = { kind: 'compress', dataset: 1, ...QUESTION, ...TRAINING, seed: 1 } as const;
    const out = join(folder, 'small');
    await createJob({ ...asked, formats: ['onnx'], verifyGoal: false, out }, project).run(
      never,
      () => undefined,
    );
    await createJob({ kind: 'test-images', network: 1 }, project).run(never, () => undefined);
    const stop = new AbortController();
    await createJob(UNFINISHED, project)
      .run(stop.signal, ({ figures }) => figures?.['epoch'] === 2 && stop.abort())
      .catch(() => undefined);
    for (const request of [UNFINISHED, { kind: 'predict', dataset: 1, ...QUESTION }] as const) {
      const id = project.jobs.add(request.kind, 'A title', request);
      project.jobs.start(id, 1, 'native');
      project.jobs.setProgress(id, told);
      project.jobs.appendLog(id, 'A line');
      const written = { file: join(folder, 'small', 'network.onnx'), what: 'onnx', network: 1, bytes: 1 };
      const failure = { code: 'job-interrupted', facts: {} } as const;
      project.jobs.end(id, 'interrupted', failure, [{ ...written, differs: { how: 'at most', by: 0.1 } }]);
    }
    const { id } = project.images.ofDataset(1, 'train')[0] ?? { id: NaN };
    project.images.change([{ id, split: 'train', excluded: 'out of focus' }]);
    project.findings.add(1, [FINDING]);
    project.settings.set('publication', PUBLICATION);
  } finally {
    project.close();
  }
  return path;
}

function addLibrary(project: Project): void {
  ['a', 'b', 'c'].forEach((name, i) => {
    const dataset = { datasetFingerprint: name.repeat(64), datasetName: name };
    for (const [factor, dice] of [
      [1, 0.9],
      [1 / 2, 0.88],
      [1 / 4, 0.8],
    ] as const) {
      const network = { family: 'unet', width: 4, channels: 1, classes: 2, factor } as const;
      const { parameters } = networkCost(network, SIDE, SIDE);
      const scores = { testDice: dice - 0.02 * i, validationDice: dice - 0.02 * i };
      const run = calibrationRun({ ...dataset, network, parameters, recipe, ...scores });
      project.runs.add(run, i === 0 ? 'own' : 'imported', i === 0 ? null : 'other-lab');
    }
    const { complexity } = calibratedDataset(name, {});
    const measured = { ...complexity, recipe: complexityRecipe(SIDE), segmentability: 0.8 };
    const fingerprint = dataset.datasetFingerprint;
    project.calibratedDatasets.put({ fingerprint, name, related: null, complexity: measured });
  });
}
