import type { CalibrationRun } from '#common/calibration/calibrationRun.ts';
import { MEASURES, type Complexity } from '#common/dataset/complexity.ts';
import { DEFAULT_RECIPE } from '#common/training/defaultRecipe.ts';
import type { CalibrationPoint } from '../../src-main/prediction/points/calibrationPoints.ts';

/** A run with sensible values, changed where `change` says so. */
export function calibrationRun(change: Partial<CalibrationRun>): CalibrationRun {
  return {
    datasetFingerprint: 'dataset-a',
    datasetName: 'dataset a',
    complexityRecipe: 'recipe-1',
    complexity: Object.fromEntries(MEASURES.map((measure) => [measure, 0.3])) as Complexity,
    trainingImages: 40,
    network: { family: 'unet', width: 64, channels: 3, classes: 2, factor: 1 },
    parameters: 31_045_506,
    recipe: DEFAULT_RECIPE,
    seed: 1,
    engine: 'native 0.1.0',
    testDice: 0.8,
    testIou: 0.67,
    testImages: 12,
    validationDice: 0.8,
    learnt: true,
    trainingSeconds: 60,
    finishedAt: '2026-01-01T00:00:00Z',
    excluded: null,
    ...change,
  };
}

/** Parameters of a U-Net of base width 64 to within a hundredth: they grow with the square of the factor. */
export function parametersOfUnet(alpha: number): number {
  return Math.round(31_045_506 * alpha ** 2);
}

/** The run that a synthetic point stands for; measures that the point lacks are constant. */
export function runOf(point: CalibrationPoint): CalibrationRun {
  const alpha = 2 ** point.log2Alpha;
  const base = calibrationRun({});
  return calibrationRun({
    datasetFingerprint: point.dataset,
    datasetName: point.datasetName,
    complexity: { ...base.complexity, ...point.features },
    network: { ...base.network, factor: alpha },
    parameters: parametersOfUnet(alpha),
    testDice: point.dice,
  });
}
