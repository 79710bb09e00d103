import type { DatasetComplexity } from '#common/dataset/complexity.ts';
import type { Examination, Finding, Split } from '#common/dataset/dataset.ts';
import type { InspectedDevice } from '#common/device/device.ts';
import type { TrainingForecast } from '#common/training/trainingForecast.ts';
import type { NetworkFamily } from '#common/network/network.ts';
import type { Candidate, Choice, Limits, PredictedPoint, Prediction } from '#common/prediction/prediction.ts';
import type { JobKind } from './jobRequest.ts';

/** Mean Dice of one network size on one dataset, over its seeds. */
export interface CurvePoint {
  readonly alpha: number;
  readonly parameters: number;
  readonly dice: number;
}

/** Answer to "how small may it be?": the prediction, its costs, the choice, and what it rests on. */
export interface PredictResult {
  readonly predictionId: number;
  readonly dataset: string;
  readonly network: { readonly family: NetworkFamily; readonly width: number; readonly channels: 1 | 3 };
  readonly limits: Limits;
  readonly points: readonly PredictedPoint[];
  readonly candidates: readonly Candidate[];
  readonly choice: Choice;
  readonly error: Prediction['error'];
  readonly warnings: readonly string[];
  readonly complexity: DatasetComplexity;
  /** Measured curves of the other datasets. */
  readonly calibration: readonly { readonly dataset: string; readonly points: readonly CurvePoint[] }[];
  /** What was measured on this dataset already (probes, earlier trainings). */
  readonly measured: readonly CurvePoint[];
}

export interface CalibrateResult {
  readonly trained: number;
  /** Runs that were stored already. */
  readonly skipped: number;
  /** Runs that were not stored when the job began. */
  readonly planned: number;
  /** What the trainings were expected to take together; null when there was nothing to train. */
  readonly forecast: TrainingForecast | null;
  readonly runs: readonly {
    readonly dataset: string;
    readonly alpha: number;
    readonly seed: number;
    readonly parameters: number;
    readonly testDice: number;
    readonly learnt: boolean;
    readonly seconds: number;
  }[];
}

/** A verified file that was written. */
export interface ExportedFile {
  readonly file: string;
  readonly format: 'onnx' | 'tfjs';
  readonly bytes: number;
  /** Largest difference of foreground probability between the file, run again, and the trained network. */
  readonly largestDifference: number;
}

export interface CompressResult {
  readonly prediction: PredictResult;
  /** Null when nothing meets the limits; then nothing was trained. */
  readonly outcome: {
    readonly network: number;
    readonly alpha: number;
    readonly parameters: number;
    readonly predicted: { readonly dice: number; readonly low: number; readonly high: number };
    readonly measured: { readonly dice: number; readonly iou: number };
    /** False when the network does no better than marking everything or nothing. */
    readonly learnt: boolean;
    /** Share of the base network's accuracy: measured when the base was ever trained on this dataset, else of its prediction. */
    readonly retained: { readonly share: number; readonly of: 'measured' | 'predicted' };
    readonly before: { readonly parameters: number; readonly bytes: number };
    readonly after: { readonly parameters: number; readonly bytes: number };
    readonly files: readonly ExportedFile[];
    readonly report: string;
  } | null;
}

/** One test image with the outlines of the true and the found objects drawn on it. */
export interface ExamplePicture {
  readonly label: 'best' | 'median' | 'worst';
  readonly name: string;
  readonly dice: number;
  /** PNG as a data: URL. */
  readonly overlay: string;
}

/** What each kind of job resolves with. */
export interface JobResults {
  'check-dataset': Examination;
  'add-dataset': {
    readonly name: string;
    readonly images: Readonly<Record<Split, number>>;
    readonly convention: string;
    readonly findings: readonly Finding[];
  };
  /** Absolute paths of the folder or .zip before and now. */
  'relocate-dataset': {
    readonly dataset: string;
    readonly from: string;
    readonly to: string;
    readonly images: number;
  };
  'measure-complexity': DatasetComplexity & { readonly dataset: string };
  calibrate: CalibrateResult;
  predict: PredictResult;
  compress: CompressResult;
  export: readonly ExportedFile[];
  examples: readonly ExamplePicture[];
  report: { readonly file: string };
  'export-library': { readonly file: string; readonly runs: number };
  'import-library': { readonly added: number; readonly skipped: number; readonly refused: readonly string[] };
  'inspect-devices': readonly InspectedDevice[];
  'make-demo': { readonly datasets: readonly string[]; readonly runs: number };
}
export type ResultOf<Kind extends JobKind> = JobResults[Kind];
