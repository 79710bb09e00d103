import { FAMILY_WORDS } from '#common/network/familyWords.ts';
import type { CurvePoint, MeasuredCurve } from '#common/calibration/measuredCurve.ts';
import type { DatasetComplexity } from '#common/dataset/complexity.ts';
import type { NetworkFamily } from '#common/network/network.ts';
import type { JointDice } from '#common/prediction/prediction.ts';
import type { ProbeAdvice } from '#common/prediction/nextProbe.ts';
import type { TrainingRecipe } from '#common/training/training.ts';
import type { Candidate, Choice, Limits, PredictedPoint, Prediction } from '#common/prediction/prediction.ts';
import { jobKind } from './jobKind.ts';
import { question } from './requestFields.ts';

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
  readonly joint: JointDice;
  /** How the networks were trained that it rests on. */
  readonly recipe: TrainingRecipe;
  /** The cheapest training on these images that could change the choice; null where none is likely to. */
  readonly nextProbe: ProbeAdvice | null;
  readonly complexity: DatasetComplexity;
  /** Measured curves of the other datasets. */
  readonly calibration: readonly MeasuredCurve[];
  /** What was measured on this dataset already (probes, earlier trainings). */
  readonly measured: readonly CurvePoint[];
}

export const predictKind = jobKind<PredictResult>()({
  kind: 'predict',
  fields: question,
  paths: {},
  title: ({ family, dataset }, nameOf) => `Predict ${FAMILY_WORDS[family].plain} on ${nameOf(dataset)}`,
  lane: ({ limits }) => (limits.maxLatencyMs === undefined ? 'quick' : 'compute'),
  reads: 'images',
  writes: true,
});
