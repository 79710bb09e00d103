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

/** Compresses to a network of so many filters in the first level, of a base of four. */
function compressed(filters: number, teacherWidth?: number): Promise<CompressResult> {
  const limits = { retain: 0.5, safe: false };
  return compress(
    {
      ...{ kind: 'compress', dataset: lab.dataset, family: 'unet', channels: 1, width: 4 },
      ...{ alphas: [filters / 4], pick: filters / 4, limits, workingSide: SIDE, seed: 1 },
      recipe: { ...RECIPE, ...(teacherWidth && { teacherWidth }) },
      ...{ device: 'native', threads: null, formats: ['onnx'], verifyGoal: false },
      out: join(lab.folder, 'small'),
    },
    lab.project,
  ).run(new AbortController().signal, () => undefined);
}

const trained = (): TrainedNetworkRecord[] => lab.project.networks.list(lab.dataset);
const ways = () => trained().map(({ network, recipe }) => [4 * network.factor, recipe.teacherWidth]);
const validation = (of: TrainedNetworkRecord | undefined): number => of?.validation?.dice ?? NaN;

it('a network of two filters learns from masks alone where no wider one was trained', async () => {
  const { outcome } = await compressed(2);
  expect(outcome?.teacherWidth).toBeNull();
  expect(ways()).toEqual([[2, undefined]]);
});

it('where a wider, better one exists it learns from that too, and the better of both on the validation images is chosen', async () => {
  await compressed(4);
  const { outcome } = await compressed(2);
  const [wide, plain, distilled] = trained();
  const worth = validation(wide) > validation(plain);
  expect(ways()).toEqual([[4, undefined], [2, undefined], ...(worth ? [[2, 4]] : [])]);
  const better = worth && validation(distilled) > validation(plain);
  expect(outcome?.network).toBe(better ? distilled?.id : plain?.id);
  expect(outcome?.teacherWidth).toBe(better ? 4 : null);
  // Neither is trained again.
  const again = await compressed(2);
  expect(again.outcome?.network).toBe(outcome?.network);
  expect(trained()).toHaveLength(worth ? 3 : 2);
});

it('but not where the request says what it learns from', async () => {
  await compressed(2, 4);
  expect(ways()).toEqual([
    [4, undefined],
    [2, 4],
  ]);
});
