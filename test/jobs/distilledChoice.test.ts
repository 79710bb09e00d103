import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import type { CompressResult } from '#contract/jobs/compressKind.ts';
import { compress } from '../../src-main/jobs/training/compress.ts';
import type { TrainedNetworkRecord } from '../../src-main/project/records/trainedNetworks.ts';
import { type Lab, RECIPE, SIDE, calibratedLab } from './calibratedLab.ts';

let lab: Lab;
beforeEach(async () => {
  lab = await calibratedLab();
});
afterEach(() => lab.project.close());

/** Long enough to learn: what has not learnt teaches nothing. */
const LEARNING = { ...RECIPE, batch: 4, epochs: 4, stepsPerEpoch: 25 };

/** Compresses to a network of so many filters in the first level, of a base of four. */
function compressed(
  filters: number,
  { teacherWidth, verifyGoal = false }: { teacherWidth?: number; verifyGoal?: boolean } = {},
): Promise<CompressResult> {
  const limits = { retain: 0.5, safe: false };
  return compress(
    {
      ...{ kind: 'compress', dataset: lab.dataset, family: 'unet', channels: 1, width: 4 },
      ...{ alphas: [filters / 4], pick: filters / 4, limits, workingSide: SIDE, seed: 1 },
      recipe: { ...LEARNING, ...(teacherWidth && { teacherWidth }) },
      ...{ device: 'native', threads: null, formats: ['onnx'], verifyGoal },
      out: join(lab.folder, 'small'),
    },
    lab.project,
  ).run(new AbortController().signal, () => undefined);
}

const trained = (): TrainedNetworkRecord[] => lab.project.networks.list(lab.dataset);
const ways = () => trained().map(({ network, recipe }) => [4 * network.factor, recipe.teacherWidth]);

it('a network of two filters learns from masks alone where no wider one was trained', async () => {
  const { outcome } = await compressed(2);
  expect(outcome?.teacherWidth).toBeNull();
  expect(ways()).toEqual([[2, undefined]]);
});

it('where a wider one exists it learns from the best of them too, and is not trained again', async () => {
  await compressed(4);
  const { outcome } = await compressed(2);
  expect(ways()).toEqual([
    [4, undefined],
    [2, 4],
  ]);
  expect(outcome?.teacherWidth).toBe(4);
  expect((await compressed(2)).outcome?.network).toBe(outcome?.network);
  expect(trained()).toHaveLength(2);
});

it('where the goal is to be verified, the full network is trained first and teaches it', async () => {
  const { outcome } = await compressed(2, { verifyGoal: true });
  expect(ways()).toEqual([
    [4, undefined],
    [2, 4],
  ]);
  expect(outcome?.goal.kind).not.toBe('unknown');
});

it('a network of three filters learns from masks alone', async () => {
  await compressed(4);
  expect((await compressed(3)).outcome?.teacherWidth).toBeNull();
});

it('but not where the request says what it learns from', async () => {
  await compressed(2, { teacherWidth: 4 });
  expect(ways()).toEqual([
    [4, undefined],
    [2, 4],
  ]);
});
