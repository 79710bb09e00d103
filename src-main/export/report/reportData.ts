import type { GoalVerdict } from '#common/prediction/judgeGoal.ts';
import type { CurvePoint, MeasuredCurve } from '#common/calibration/measuredCurve.ts';
import type { DatasetComplexity } from '#common/dataset/complexity.ts';
import type { Split } from '#common/dataset/dataset.ts';
import type { NetworkSpec } from '#common/network/network.ts';
import type { Candidate, Choice, Limits, PredictionError } from '#common/prediction/prediction.ts';
import type { EpochRecord, TestAccuracy, TrainingRecipe } from '#common/training/training.ts';

/** A test image with the network's answer drawn on it. */
export interface ReportExample {
  readonly label: 'best' | 'median' | 'worst';
  readonly name: string;
  readonly dice: number;
  /** The image, with the reference outline and the predicted outline, as PNG. */
  readonly overlayPng: Uint8Array;
}

/** What one network costs; latency is measured on the machine that made the report. */
export interface ReportCost {
  readonly parameters: number;
  readonly macs: number;
  readonly activationBytes: number;
  readonly fileBytes: number;
  readonly latencyMs: number | null;
}

/** The network that was trained, once there is one. */
export interface ReportOutcome {
  readonly network: NetworkSpec;
  readonly parameters: number;
  readonly predicted: { readonly dice: number; readonly low: number; readonly high: number };
  readonly measured: TestAccuracy;
  /** Whether images were left out or moved after the network was trained. */
  readonly edited: boolean;
  readonly goal: GoalVerdict;
  /** Measured accuracy of the base network on this dataset, when it was ever trained here. */
  readonly baseDice: number | null;
  readonly recipe: TrainingRecipe;
  readonly seed: number;
  readonly engine: string;
  readonly history: readonly EpochRecord[];
  readonly trainingSeconds: number;
  readonly base: ReportCost;
  readonly chosen: ReportCost;
  readonly examples: readonly ReportExample[];
  readonly exports: readonly {
    readonly file: string;
    readonly bytes: number;
    readonly largestDifference: number;
    readonly differs?: 'at most' | 'on average';
  }[];
}

/** Everything that the report tells; it holds no path of the user's disk. */
export interface ReportData {
  readonly productVersion: string;
  readonly createdAt: string;
  readonly dataset: {
    readonly name: string;
    readonly fingerprint: string;
    readonly channels: number;
    readonly images: Readonly<Record<Split, number>>;
    readonly foreground: number;
    readonly findings: Readonly<Record<'error' | 'warning' | 'info', number>>;
  };
  readonly complexity: DatasetComplexity;
  /** Training images beside what brightness, colour and texture alone find in them; PNGs. */
  readonly segmentability: readonly {
    readonly label: 'best' | 'median' | 'worst';
    readonly name: string;
    readonly dice: number;
    readonly picture: Uint8Array;
  }[];
  readonly network: Pick<NetworkSpec, 'family' | 'width'>;
  readonly limits: Limits;
  readonly candidates: readonly Candidate[];
  readonly error: PredictionError;
  readonly warnings: readonly string[];
  readonly choice: Choice;
  /** Test accuracy of the datasets that the prediction rests on. */
  readonly calibration: readonly Pick<MeasuredCurve, 'dataset' | 'points'>[];
  /** Test accuracy measured on this dataset, by the same recipe. */
  readonly measured: readonly CurvePoint[];
  readonly outcome: ReportOutcome | null;
  /** What to try next, in whole sentences; null where nothing is advised. */
  readonly nextStep: string | null;
  /** Commands that repeat the work, in order. */
  readonly commands: readonly string[];
}
