import type { CalibratedDataset } from '#common/calibration/calibratedDataset.ts';
import type { CalibrationRun } from '#common/calibration/calibrationRun.ts';
import { MEASURES, type Complexity } from '#common/dataset/complexity.ts';
import { DEFAULT_RECIPE } from '#common/training/defaultRecipe.ts';
import type { DatasetCurve } from '../../src-main/prediction/curves/datasetCurve.ts';

/** A run with sensible values, changed where `change` says so. */
export function calibrationRun(change: Partial<CalibrationRun>): CalibrationRun {
  return {
    datasetFingerprint: 'dataset-a',
    datasetName: 'dataset a',
    trainingImages: 40,
    network: { family: 'unet', width: 64, channels: 3, classes: 2, factor: 1 },
    parameters: 31_045_506,
    recipe: DEFAULT_RECIPE,
    seed: 1,
    fold: null,
    engine: 'native 0.1.0',
    testDice: 0.8,
    testIou: 0.67,
    testDiceWorking: 0.82,
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

/** The runs that a synthetic curve stands for, at a base width of 32. */
export function runsOf(curve: DatasetCurve): CalibrationRun[] {
  const base = calibrationRun({});
  return curve.sizes.map(({ width, dice, validation }) =>
    calibrationRun({
      datasetFingerprint: curve.dataset,
      datasetName: curve.name,
      network: { ...base.network, width: 32, factor: width / 32 },
      parameters: parametersOfUnet(width / 64),
      testDice: dice,
      validationDice: validation,
    }),
  );
}

/** A dataset with all measures of 0.3, changed where `mean` says so; its segmentability is not known. */
export function calibratedDataset(fingerprint: string, mean: Partial<Complexity> = {}): CalibratedDataset {
  const flat = Object.fromEntries(MEASURES.map((measure) => [measure, 0.3])) as Complexity;
  return {
    fingerprint,
    name: fingerprint,
    related: null,
    complexity: { recipe: 'recipe-1', mean: { ...flat, ...mean }, segmentability: null, trainingImages: 40 },
  };
}

/** The datasets of synthetic curves; measures that a curve lacks are constant. */
export function datasetsOf(curves: readonly DatasetCurve[]): Map<string, CalibratedDataset> {
  return new Map(
    curves.map(({ dataset, features }) => {
      const { jpeg, blobDensity, boundaryDensity, intensitySeparability } = features;
      const mean = {
        ...(jpeg !== undefined && { jpeg }),
        ...(blobDensity !== undefined && { blobDensity }),
        ...(boundaryDensity !== undefined && { boundaryDensity }),
        ...(intensitySeparability !== undefined && { intensitySeparability }),
      };
      return [dataset, calibratedDataset(dataset, mean)];
    }),
  );
}
