import { describe, expect, it } from 'vitest';
import type { CalibrationRun } from '#common/calibration/calibrationRun.ts';
import { runRejection, selectRuns, type RunRejection } from '#common/calibration/selectRuns.ts';
import { calibrationRun } from '../prediction/calibrationRun.ts';

const run = calibrationRun({});
const selection = {
  family: 'unet',
  width: 64,
  trainingRecipe: run.recipe,
  except: 'the dataset to predict',
} as const;

describe('the runs that may enter a fit or a curve', () => {
  it('are of one base network, made alike, learnt and not excluded', () => {
    expect(selectRuns([run], selection)).toEqual([run]);
  });

  it.each<[RunRejection, Partial<CalibrationRun>]>([
    ['same-dataset', { datasetFingerprint: 'the dataset to predict' }],
    ['other-family', { network: { ...run.network, family: 'fcn8s' } }],
    ['excluded', { excluded: 'wrong masks' }],
    ['not-learnt', { learnt: false }],
    ['other-training-recipe', { recipe: { ...run.recipe, epochs: run.recipe.epochs + 1 } }],
  ])('are none that is rejected as %s', (reason, change) => {
    const other = calibrationRun(change);
    expect(runRejection(selection)(other)).toBe(reason);
    expect(selectRuns([other, run], selection)).toEqual([run]);
  });

  it('may differ in what is not asked for', () => {
    const others = [
      calibrationRun({ recipe: { ...run.recipe, epochs: 1 } }),
      calibrationRun({ network: { ...run.network, factor: 1 / 8, channels: 1 } }),
    ];
    expect(selectRuns(others, { family: 'unet', width: 64 })).toEqual(others);
  });

  it('are named as factors of the asked base width: the network of 1/8 at 16 is that of 1/32 at 64', () => {
    const narrow = calibrationRun({ network: { ...run.network, width: 16, factor: 1 / 8 } });
    const wide = calibrationRun({ network: { ...run.network, width: 128, factor: 1 } });
    const networks = selectRuns([narrow, wide], { family: 'unet', width: 64 }).map(({ network }) => network);
    expect(networks).toMatchObject([
      { width: 64, factor: 1 / 32 },
      { width: 64, factor: 2 },
    ]);
  });

  it('hold a network once that was trained as one of two bases', () => {
    const of = (width: number, factor: number, change: Partial<CalibrationRun> = {}): CalibrationRun =>
      calibrationRun({ network: { ...run.network, width, factor }, ...change });
    const runs = [of(16, 1 / 4), of(64, 1 / 16), of(64, 1 / 16, { seed: 7 }), of(64, 1 / 8)];
    const widths = (base: number): number[] =>
      selectRuns(runs, { family: 'unet', width: base }).map(({ network }) => network.width * network.factor);
    expect(widths(64)).toEqual([4, 4, 8]);
    expect(widths(16)).toEqual([4, 4, 8]);
  });

  it('have equal recipes whatever the order of their fields', () => {
    const reversed = Object.fromEntries(Object.entries(run.recipe).reverse()) as typeof run.recipe;
    expect(selectRuns([calibrationRun({ recipe: reversed })], selection)).toHaveLength(1);
  });
});
