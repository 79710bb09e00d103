import { DEFAULT_RECIPE } from '#common/training/defaultRecipe.ts';
import { MEASURES, type Complexity } from '#common/dataset/complexity.ts';
import type { ReportData } from '../../../src-main/export/report/reportData.ts';

const sizes = [
  [1, 1944546],
  [1 / 2, 487538],
  [1 / 4, 122586],
  [1 / 8, 30998],
] as const;

/** A complete report about an invented dataset, for tests of the page. */
export function sampleReport(overlayPng: Uint8Array): ReportData {
  const candidates = sizes.map(([alpha, parameters]) => ({
    alpha,
    parameters,
    predicted: 0.9 - 0.02 / alpha / 4,
    low: 0.84 - 0.02 / alpha / 4,
    high: 0.94,
    macs: parameters * 4000,
    activationBytes: 4e7 * alpha,
    fileBytes: parameters * 4 + 9000,
    latencyMs: 40 * alpha,
    retained: 1 - 0.01 / alpha,
    retainedLow: 0.95 - 0.01 / alpha,
  }));
  const cost = { parameters: 1944546, macs: 8e9, activationBytes: 4e7, fileBytes: 7.8e6, latencyMs: 40 };
  const epochs = [1, 2, 3, 4].map((epoch) => ({
    epoch,
    loss: 1.2 / epoch,
    validationDice: 0.9 - 0.5 / epoch,
    learningRate: 1e-3,
    seconds: 2,
    imagesPerSecond: 80,
  }));
  return {
    productVersion: '0.0.0',
    createdAt: '2026-01-02T03:04:05.000Z',
    dataset: {
      name: 'glands',
      fingerprint: 'ab'.repeat(32),
      channels: 3,
      images: { train: 10, validation: 3, test: 3 },
      foreground: 0.4,
      findings: { error: 0, warning: 2, info: 1 },
    },
    complexity: {
      recipe: 'ccnet-2',
      segmentability: 0.71,
      trainingImages: 10,
      mean: Object.fromEntries(MEASURES.map((measure, i) => [measure, (i + 1) / 20])) as Complexity,
    },
    network: { family: 'unet', width: 16 },
    limits: { retain: 0.95, safe: false },
    candidates,
    error: {
      predictor: 'sharedLaw',
      mae: 0.031,
      baselines: { meanCurve: 0.048, logParameters: 0.052 },
      retained: { mae: 0.019, baselines: { meanCurve: 0.023, logParameters: 0.025 }, datasets: 4 },
      candidates: [],
      datasets: 4,
      runs: 16,
      alike: [{ name: 'em-membrane', likeness: 0.42 }],
    },
    warnings: ['Its blob density is above everything calibrated.'],
    choice: { kind: 'chosen', alpha: 1 / 4, parameters: 122586, predicted: 0.88, low: 0.82, high: 0.94 },
    calibration: ['cells', 'vessels'].map((dataset, i) => ({
      dataset,
      points: sizes.map(([alpha, parameters]) => ({
        alpha,
        parameters,
        dice: 0.85 - 0.1 * i - 0.01 / alpha,
        seeds: 1,
      })),
    })),
    measured: [{ alpha: 1 / 4, parameters: 122586, dice: 0.871, seeds: 1 }],
    segmentability: [],
    nextStep: null,
    outcome: {
      network: { family: 'unet', width: 16, channels: 3, classes: 2, factor: 1 / 4 },
      parameters: 122586,
      predicted: { dice: 0.88, low: 0.82, high: 0.94 },
      measured: {
        dice: 0.871,
        iou: 0.78,
        pooledDice: 0.88,
        pooledIou: 0.79,
        perImage: [],
        working: { dice: 0.9, iou: 0.82 },
      },
      edited: false,
      goal: { kind: 'unknown', goal: 0.95 },
      baseDice: 0.9,
      recipe: DEFAULT_RECIPE,
      seed: 1,
      engine: 'native 0.0.0',
      history: epochs,
      trainingSeconds: 65,
      base: cost,
      chosen: { parameters: 122586, macs: 5e8, activationBytes: 1e7, fileBytes: 5e5, latencyMs: 9 },
      examples: (['best', 'median', 'worst'] as const).map((label) => ({
        label,
        name: `glands-${label}`,
        dice: 0.9,
        overlayPng,
      })),
      exports: [{ file: 'glands.onnx', bytes: 5e5, largestDifference: 3e-6 }],
    },
    commands: ['ccnet dataset add glands --name glands --project lab.ccnet'],
  };
}
