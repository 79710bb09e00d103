import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { NetworkSpec } from '#common/network/network.ts';
import type { Progress } from '#contract/progress.ts';
import { DEFAULT_RECIPE } from '#common/training/defaultRecipe.ts';
import { openEngine } from '../../src-main/engine/openEngine.ts';
import { stepMilliseconds } from '../../src-main/trainingCost/fitStepCost.ts';
import { knownStepCost, measureStepCost } from '../../src-main/jobs/prediction/measureStepCost.ts';
import { recordStepTiming } from '../../src-main/jobs/prediction/recordStepTiming.ts';
import { Project } from '../../src-main/project/project.ts';
import { temporaryFolder } from '../project/temporaryFolder.ts';

const recipe = { ...DEFAULT_RECIPE, crop: 32, batch: 2 };
const networks = [1, 1 / 2, 1 / 4, 1 / 8].map((factor): NetworkSpec => ({
  family: 'unet',
  width: 8,
  channels: 1,
  classes: 2,
  factor,
}));
const never = new AbortController().signal;

describe('measureStepCost', () => {
  it('measures three sizes once, and the project keeps them', async () => {
    const path = join(temporaryFolder(), 'lab.ccnet');
    const engine = await openEngine('native');
    const project = Project.create(path);
    expect(knownStepCost(project, engine)).toBeNull();
    const told: Progress[] = [];
    const first = await measureStepCost(project, engine, networks, recipe, never, (progress) =>
      told.push(progress),
    );
    expect(told.map(({ stage }) => stage)).toEqual(
      Array.from({ length: 3 }, () => 'Measuring training steps'),
    );
    expect(
      project.measurements
        .stepTimings()
        .map(({ network }) => network.factor)
        .sort(),
    ).toEqual([1 / 8, 1 / 2, 1]);
    project.close();

    const again = Project.open(path);
    const second = await measureStepCost(again, engine, networks, recipe, never, () => {
      throw new Error('It measures again.');
    });
    expect(second).toEqual(first);
    expect(knownStepCost(again, { ...engine, version: 'another engine' })).toBeNull();
    again.close();
  });

  it('ends when the job is cancelled', async () => {
    const project = Project.create(join(temporaryFolder(), 'lab.ccnet'));
    const engine = await openEngine('native');
    const probing = measureStepCost(project, engine, networks, recipe, AbortSignal.abort(), () => undefined);
    await expect(probing).rejects.toThrow(/cancelled/);
    expect(project.measurements.stepTimings()).toEqual([]);
    project.close();
  });
});

describe('recordStepTiming', () => {
  it('stores the median of the epochs, which the next forecast uses', async () => {
    const project = Project.create(join(temporaryFolder(), 'lab.ccnet'));
    const engine = await openEngine('native');
    const [network] = networks;
    if (!network) throw new Error('no network');
    const step = { network, crop: 32, batch: 2 };
    const epochs = [{ imagesPerSecond: 1 }, { imagesPerSecond: 100 }, { imagesPerSecond: 102 }];
    recordStepTiming(project, { engine: engine.version, ...step }, epochs);
    const cost = knownStepCost(project, engine);
    expect(cost && stepMilliseconds(cost, step)).toBe(20);
    project.close();
  });
});
