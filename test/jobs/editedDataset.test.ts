import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { CompressResult } from '#contract/jobs/compressKind.ts';
import { editImages } from '../../src-main/jobs/dataset/editImages.ts';
import { availableTeacher } from '../../src-main/jobs/training/availableTeacher.ts';
import { compress } from '../../src-main/jobs/training/compress.ts';
import { storedFullNetwork } from '../../src-main/jobs/training/fullNetwork.ts';
import { storedTeacher } from '../../src-main/jobs/training/teacher.ts';
import { storedNetwork } from '../../src-main/jobs/training/trainAndStore.ts';
import { verifyGoal } from '../../src-main/jobs/training/verifyGoal.ts';
import { BASE, type Lab, RECIPE, SIDE, calibratedLab, labRun } from './calibratedLab.ts';

let lab: Lab;
beforeEach(async () => {
  lab = await calibratedLab();
});
afterEach(() => lab.project.close());

const { signal } = new AbortController();
const device = { device: 'native', threads: null } as const;

function compressed(): Promise<CompressResult> {
  return compress(
    {
      ...{ kind: 'compress', dataset: lab.dataset, ...BASE, alphas: [1 / 2], pick: 1 / 2, ...device },
      ...{ limits: { retain: 0.5, safe: false }, workingSide: SIDE, recipe: RECIPE, seed: 1 },
      ...{ formats: ['onnx'], verifyGoal: false, out: join(lab.folder, 'small') },
    },
    lab.project,
  ).run(signal, () => undefined);
}

/** Makes a test image one to learn from, and another one a test image. */
function exchange(): void {
  const [test] = lab.project.images.ofDataset(lab.dataset, 'test');
  const [train] = lab.project.images.ofDataset(lab.dataset, 'train');
  editImages(lab.project, lab.dataset, [train?.id ?? 0], { kind: 'move', split: 'test' });
  editImages(lab.project, lab.dataset, [test?.id ?? 0], { kind: 'move', split: 'train' });
}

describe('a network from before images were moved to another split', () => {
  it('does not pass for one that is trained on them now', async () => {
    const before = await compressed();
    exchange();
    const after = await compressed();
    expect(after.outcome?.network).not.toBe(before.outcome?.network);
    const tested = lab.project.networks
      .list(lab.dataset)
      .map(({ test }) => test.perImage.map(({ name }) => name));
    expect(tested[1]).toEqual(lab.project.images.ofDataset(lab.dataset, 'test').map(({ name }) => name));
    const [outcome] = lab.project.outcomes
      .list(lab.dataset)
      .filter(({ networkId }) => networkId === before.outcome?.network);
    const asked = { kind: 'verify-goal', outcome: outcome?.id ?? NaN, ...device } as const;
    await expect(verifyGoal(asked, lab.project).run(signal, () => undefined)).rejects.toMatchObject({
      code: 'dataset-edited',
    });
  });

  it('teaches no other, and is not its full network: it may have learnt from what is tested now', () => {
    const { project } = lab;
    const add = (factor: number): void => {
      const dataset = project.datasets.required(lab.dataset);
      const run = labRun({ datasetFingerprint: dataset.fingerprint, datasetName: 'cells' }, factor, 0.9);
      const score = { dice: 0.9, iou: 0.8 };
      const accuracy = { ...score, pooledDice: 0.9, pooledIou: 0.8, perImage: [{ name: 'a', ...score }] };
      project.networks.add(
        {
          ...{ datasetId: lab.dataset, trainingId: null, runId: project.runs.add(run), network: run.network },
          ...{ parameters: run.parameters, recipe: RECIPE, seed: run.seed, fold: null, engine: run.engine },
          ...{ preprocessing: {}, validation: null, test: { ...accuracy, working: score } },
        },
        [],
      );
    };
    const found = (): (number | undefined)[] => {
      const dataset = project.datasets.required(lab.dataset);
      const network = { ...BASE, channels: 1, classes: 2, factor: 1 / 2 } as const;
      const plan = { project, dataset, network, recipe: RECIPE, seed: 1, fold: null };
      const small = project.networks.list(lab.dataset).at(-1);
      return [
        storedNetwork(plan),
        storedTeacher({ ...plan, recipe: { ...RECIPE, teacherWidth: 4 } }),
        availableTeacher(project, dataset, plan),
        small && storedFullNetwork(project, small),
      ].map((record) => record?.network.factor);
    };
    add(1);
    add(1 / 2);
    expect(found()).toEqual([1 / 2, 1, 1, 1]);
    exchange();
    expect(found().slice(0, 3)).toEqual([undefined, undefined, undefined]);
    add(1 / 2);
    expect(found()).toEqual([1 / 2, undefined, undefined, undefined]);
  });
});
