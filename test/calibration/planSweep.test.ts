import { describe, expect, it } from 'vitest';
import type { CalibrationRun } from '#common/calibration/calibrationRun.ts';
import { DEFAULT_RECIPE } from '#common/training/defaultRecipe.ts';
import { type PlannedRun, planSweep, type SweepRequest } from '../../src-main/calibration/planSweep.ts';
import { exampleRun } from '../project/examples.ts';

const cells = { name: 'cells', fingerprint: 'c1', channels: 1 as const };
const glands = { name: 'glands', fingerprint: 'g1', channels: 3 as const };
const request: SweepRequest = {
  datasets: [cells, glands],
  family: 'unet',
  width: 16,
  alphas: [1, 0.25, 0.5],
  seeds: [7, 8],
  recipe: DEFAULT_RECIPE,
};

function told({ dataset, network, seed }: PlannedRun): string {
  return `${seed} ${String(network.factor)} ${dataset.name}`;
}

function asStored({ dataset, network, recipe, seed }: PlannedRun): CalibrationRun {
  return exampleRun({
    datasetFingerprint: dataset.fingerprint,
    network,
    recipe,
    seed,
  });
}

describe('planSweep', () => {
  it('trains one seed before the next, small networks before large ones, every dataset at each size', () => {
    expect(planSweep(request, []).toTrain.map(told)).toEqual([
      '7 0.25 cells',
      '7 0.25 glands',
      '7 0.5 cells',
      '7 0.5 glands',
      '7 1 cells',
      '7 1 glands',
      '8 0.25 cells',
      '8 0.25 glands',
      '8 0.5 cells',
      '8 0.5 glands',
      '8 1 cells',
      '8 1 glands',
    ]);
  });

  it("gives every network its dataset's channels", () => {
    const channels = planSweep(request, []).toTrain.map(({ dataset, network }) => [
      dataset.name,
      network.channels,
    ]);
    expect(new Set(channels.map(String))).toEqual(new Set(['cells,1', 'glands,3']));
  });

  it('skips what is stored and hands it back, so that an interrupted sweep goes on where it stopped', () => {
    const whole = planSweep(request, []).toTrain;
    const stored = whole.slice(0, 5).map(asStored);
    const rest = planSweep(request, stored);
    expect(rest.toTrain).toEqual(whole.slice(5));
    expect(rest.stored).toEqual(stored);
  });

  it('has nothing to train when all is stored', () => {
    const stored = planSweep(request, []).toTrain.map(asStored);
    expect(planSweep(request, stored).toTrain).toEqual([]);
  });

  it('does not train again what the user excluded', () => {
    const [first] = planSweep(request, []).toTrain;
    const stored = first ? [{ ...asStored(first), excluded: 'mislabelled' }] : [];
    expect(planSweep(request, stored).toTrain).toHaveLength(11);
  });

  it.each([
    ['another training recipe', { recipe: { ...DEFAULT_RECIPE, epochs: 3 } }],
    ['another width', { width: 32 }],
    ['another family', { family: 'fcn8s' as const }],
  ])('trains anew under %s', (_what, change) => {
    const stored = planSweep(request, []).toTrain.map(asStored);
    expect(planSweep({ ...request, ...change }, stored).stored).toEqual([]);
  });

  it('plans what is asked for twice only once', () => {
    const twice = {
      ...request,
      alphas: [0.5, 0.5],
      seeds: [1, 1],
      datasets: [cells, { ...cells, name: 'same images' }],
    };
    expect(planSweep(twice, []).toTrain.map(told)).toEqual(['1 0.5 cells']);
  });
});
