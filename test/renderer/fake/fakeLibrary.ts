import type { OutcomeView, PredictionView, RunView, ImageView, TestImageView } from '#contract/channels.ts';
import type { CalibratedDataset } from '#common/calibration/calibratedDataset.ts';
import { MEASURES, type Complexity } from '#common/dataset/complexity.ts';
import type { CalibrationRun } from '#common/calibration/calibrationRun.ts';
import type { JointDice } from '#common/prediction/prediction.ts';
import type { Candidate } from '#common/prediction/prediction.ts';
import { numbers } from './fakeImages.ts';

const ALPHAS = [1, 1 / 2, 1 / 4, 1 / 8, 1 / 16, 1 / 32];
const NAMES = [
  'Lung fields',
  'HeLa cells',
  'Membranes',
  'Nuclei, fluorescence',
  'Nuclei, H&E',
  'Retinal vessels',
  'Blood smear',
];
const parametersOf = (alpha: number): number => Math.round(1_944_546 * alpha ** 1.97);

const RECIPE: CalibrationRun['recipe'] = {
  workingSide: 256,
  maskResize: 'area',
  crop: 128,
  batch: 8,
  epochs: 20,
  stepsPerEpoch: 20,
  learningRate: 0.003,
  warmupSteps: 20,
  patience: 0,
  foregroundWeight: 'balanced',
  augmentation: 'full',
};

/** Two seeds of six sizes on seven datasets, the last without the full size; one run that has not learnt. */
export function fakeRuns(): RunView[] {
  const random = numbers(5);
  const views: RunView[] = [];
  NAMES.forEach((datasetName, d) => {
    const level = 0.76 + random() * 0.17;
    const tilt = 0.02 + random() * 0.09;
    for (const alpha of ALPHAS) {
      for (const seed of [1, 2]) {
        const drop = tilt * (alpha ** -0.45 - 1) * 0.6;
        const testDice = Math.max(0.05, Math.min(0.99, level - drop + (random() - 0.5) * 0.02));
        if (d === NAMES.length - 1 && alpha === 1) continue;
        const learnt = !(d === 5 && alpha === 1 / 32 && seed === 2);
        views.push({
          id: views.length + 1,
          origin: d < 2 ? 'own' : 'starter',
          run: {
            datasetFingerprint: `other-${d}`,
            datasetName,
            trainingImages: 40,
            network: { family: 'unet', width: 16, channels: 1, classes: 2, factor: alpha },
            parameters: parametersOf(alpha),
            recipe: RECIPE,
            seed,
            fold: null,
            engine: 'native 0.1.0',
            testDice: learnt ? testDice : 0.02,
            testIou: testDice * 0.85,
            testDiceWorking: Math.min(1, testDice + 0.01),
            testImages: 12,
            validationDice: testDice,
            learnt,
            trainingSeconds: 40 + 600 * alpha,
            finishedAt: '2026-11-18T12:00:00.000Z',
            excluded: null,
          },
        });
      }
    }
  });
  return views;
}

/** What is known of the images of those datasets. */
export function fakeCalibratedDatasets(runs: readonly RunView[]): CalibratedDataset[] {
  const names = new Map(runs.map(({ run }) => [run.datasetFingerprint, run.datasetName]));
  return [...names].map(([fingerprint, name], i) => ({
    fingerprint,
    name,
    related: null,
    complexity: {
      recipe: 'ccnet-2;side=256',
      mean: Object.fromEntries(MEASURES.map((measure) => [measure, 0.1 + 0.05 * i])) as Complexity,
      segmentability: 0.4 + 0.06 * i,
      trainingImages: 40,
    },
  }));
}

export function fakeCandidates(latency: boolean): Candidate[] {
  const full = 0.884;
  return ALPHAS.map((alpha) => {
    const predicted = full - 0.021 * (alpha ** -0.45 - 1) * 1.25;
    const half = 0.035 + 0.012 * Math.log2(1 / alpha) * 0.5;
    const parameters = parametersOf(alpha);
    return {
      alpha,
      parameters,
      predicted,
      low: predicted - half,
      high: predicted + half,
      macs: 3.1e9 * alpha ** 1.9,
      activationBytes: Math.round(34e6 * alpha),
      fileBytes: 4 * parameters + 9000,
      latencyMs: latency ? 62 * alpha + 2.4 : null,
      retained: predicted / full,
      forecast: {
        seconds: 40 + 600 * alpha,
        low: 30 + 500 * alpha,
        high: 60 + 700 * alpha,
        peakBytes: 3e8 + 4e8 * alpha,
      },
      retainedLow: alpha === 1 ? 1 : predicted / full - half * 0.5,
      retainedHigh: alpha === 1 ? 1 : predicted / full + half * 0.5,
    };
  });
}

/** Level and drop uncertain, so that a probe near the choice could change it. */
function fakeJoint(candidates: readonly Candidate[]): JointDice {
  const alphas = candidates.map(({ alpha }) => alpha);
  const drop = (alpha: number): number => 0.012 * (alpha ** -0.45 - 1);
  return {
    alphas,
    mean: candidates.map(({ predicted }) => predicted),
    covariance: alphas.map((a) => alphas.map((b) => 0.02 ** 2 + drop(a) * drop(b))),
    probeVariance: 0.02 ** 2,
  };
}

export function fakePrediction(datasetId: number, latency = false): PredictionView {
  const candidates = fakeCandidates(latency);
  return {
    id: 11,
    datasetId,
    network: { family: 'unet', width: 16, channels: 3, classes: 2 },
    limits: { retain: 0.95, safe: false },
    prediction: {
      points: candidates,
      candidates,
      workingSide: 256,
      error: {
        predictor: 'bayesianLinear',
        mae: 0.027,
        baselines: { meanCurve: 0.049, logParameters: 0.061 },
        retained: { mae: 0.018, baselines: { meanCurve: 0.024, logParameters: 0.031 }, datasets: 6 },
        candidates: [{ predictor: 'bayesianLinear', mae: 0.027 }],
        datasets: 7,
        runs: 81,
        alike: [
          { name: 'nuclei 2024', likeness: 0.71 },
          { name: 'nuclei-dsb2018', likeness: 0.24 },
        ],
      },
      joint: fakeJoint(candidates),
      recipe: RECIPE,
      warnings: ['Objects fill more of these images than of most calibrated ones (marked share 0.51).'],
    },
    choice: {
      kind: 'chosen',
      alpha: 1 / 8,
      parameters: parametersOf(1 / 8),
      predicted: 0.84,
      low: 0.79,
      high: 0.89,
    },
    createdAt: '2026-11-22T10:00:00.000Z',
  };
}

export const FAKE_OUTCOME: OutcomeView = {
  id: 3,
  predictionId: 11,
  networkId: 4,
  alpha: 1 / 8,
  predicted: { dice: 0.843, low: 0.79, high: 0.896 },
  measured: { dice: 0.851, iou: 0.752, diceWorking: 0.873 },
  teacherWidth: null,
  goal: { kind: 'unknown', goal: 0.95 },
  before: { parameters: parametersOf(1), bytes: 7_800_000 },
  after: { parameters: parametersOf(1 / 8), bytes: 141_000 },
  createdAt: '2026-11-22T11:00:00.000Z',
};

/** Its prediction could hardly have failed. */
export const VAGUE_OUTCOME: OutcomeView = {
  ...FAKE_OUTCOME,
  predicted: { dice: 0.86, low: 0.436, high: 1 },
};

/** How a network does on the test images among some. */
export function fakeTestImages(images: readonly ImageView[]): TestImageView[] {
  const random = numbers(9);
  return images
    .filter(({ split }) => split === 'test')
    .slice(0, 120)
    .map(({ id }) => {
      const dice = 0.97 - 0.4 * random() ** 3;
      const drawn = 2 + Math.floor(20 * random());
      const matched = Math.round(drawn * Math.min(1, dice + 0.05));
      const found = matched + Math.floor(3 * random());
      return {
        image: id,
        dice,
        iou: dice / (2 - dice),
        objects: { drawn, found, matched, boundary: matched === 0 ? null : 12 * (1 - dice) },
      };
    })
    .sort((a, b) => a.dice - b.dice);
}
