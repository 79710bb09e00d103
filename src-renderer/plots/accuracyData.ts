import type { CurvePoint } from '../../src-main/contract/jobResult.ts';
import type { Candidate } from '../../src-main/contract/prediction.ts';
import type { MeasuredCurve } from '../state/calibrationCurves.ts';
import type { AccuracyMeasure } from '../state/wizard/accuracyMeasure.ts';
import { diceData } from './diceData.ts';
import type { PlotTable } from './mark.ts';
import { shareData } from './shareData.ts';

/** One measured or predicted network; `value` in the unit of the plot, 0 or more. */
export interface AccuracyPoint {
  readonly alpha: number;
  readonly parameters: number;
  readonly value: number;
  /** What it says, line by line. */
  readonly lines: readonly string[];
}

export interface PredictedAccuracy extends AccuracyPoint {
  readonly low: number;
  readonly high: number;
}

export interface AccuracyCurve {
  readonly fingerprint: string;
  readonly points: readonly AccuracyPoint[];
}

/** Everything that the plot of accuracy over size draws and says, in one unit. */
export interface AccuracyData {
  readonly title: string;
  readonly axis: string;
  /** Smallest network first. */
  readonly predicted: readonly PredictedAccuracy[];
  readonly others: readonly AccuracyCurve[];
  readonly own: readonly AccuracyPoint[];
  /** What to know when reading it. */
  readonly note: string;
  readonly table: PlotTable;
}

export interface AccuracySources {
  readonly candidates: readonly Candidate[];
  readonly curves: readonly MeasuredCurve[];
  /** What was measured on the dataset that is predicted. */
  readonly own: readonly CurvePoint[];
}

/** The same prediction and measurements as Dice, or as shares of the full network's accuracy. */
export function accuracyData(measure: AccuracyMeasure, sources: AccuracySources): AccuracyData {
  const candidates = [...sources.candidates].sort((a, b) => a.parameters - b.parameters);
  return measure === 'dice' ? diceData({ ...sources, candidates }) : shareData({ ...sources, candidates });
}
