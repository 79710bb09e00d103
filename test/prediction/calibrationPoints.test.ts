import { describe, expect, it } from 'vitest';
import { calibrationPoints } from '../../src-main/prediction/points/calibrationPoints.ts';
import { calibrationRun, parametersOfUnet } from './calibrationRun.ts';

const selection = {
  family: 'unet',
  width: 64,
  complexityRecipe: 'recipe-1',
  parametersOf: parametersOfUnet,
} as const;

describe('calibration points', () => {
  it('averages the seeds of one dataset and size, keeping their count and spread', () => {
    const runs = [0.7, 0.8, 0.9].map((testDice, seed) => calibrationRun({ testDice, seed }));
    const [point, ...others] = calibrationPoints(runs, selection);
    expect(others).toEqual([]);
    expect(point?.dice).toBeCloseTo(0.8, 12);
    expect(point?.seeds).toBe(3);
    expect(point?.spread).toBeCloseTo(0.1, 12);
  });

  it('knows no spread of a single run', () => {
    expect(calibrationPoints([calibrationRun({})], selection)[0]?.spread).toBeNull();
  });

  it.each([
    ['did not learn', { learnt: false }],
    ['was excluded by hand', { excluded: 'wrong masks' }],
    ['has another complexity recipe', { complexityRecipe: 'recipe-0' }],
    ['is of another family', { network: { ...calibrationRun({}).network, family: 'fcn8s' as const } }],
    ['is of another base width', { network: { ...calibrationRun({}).network, width: 32 } }],
  ])('leaves out a run that %s', (_reason, change) => {
    expect(calibrationPoints([calibrationRun(change)], selection)).toEqual([]);
  });

  it('leaves out the dataset to predict, and runs of another training where one is asked for', () => {
    const run = calibrationRun({});
    expect(calibrationPoints([run], { ...selection, except: run.datasetFingerprint })).toEqual([]);
    const longer = { ...run.recipe, epochs: run.recipe.epochs + 1 };
    expect(calibrationPoints([run], { ...selection, trainingRecipe: longer })).toEqual([]);
    expect(calibrationPoints([run], { ...selection, trainingRecipe: { ...run.recipe } })).toHaveLength(1);
  });

  it('places a layer-wise factor where a uniform one has as many parameters', () => {
    const network = { ...calibrationRun({}).network, factor: [0.5, 0.25, 0.1] };
    const run = calibrationRun({ network, parameters: parametersOfUnet(0.25) });
    expect(calibrationPoints([run], selection)[0]?.log2Alpha).toBeCloseTo(-2, 6);
  });

  it('does not depend on the order of the runs', () => {
    const runs = ['b', 'a'].flatMap((datasetFingerprint) =>
      [0.25, 1].flatMap((factor) =>
        [0.71, 0.72, 0.73].map((testDice) =>
          calibrationRun({
            datasetFingerprint,
            testDice,
            network: { ...calibrationRun({}).network, factor },
          }),
        ),
      ),
    );
    expect(calibrationPoints([...runs].reverse(), selection)).toEqual(calibrationPoints(runs, selection));
  });
});
