import type { CurvePoint, MeasuredCurve } from '#common/calibration/measuredCurve.ts';
import type { Candidate } from '#common/prediction/prediction.ts';
import type { PlotTable } from './mark.ts';

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
  readonly curves: readonly Pick<MeasuredCurve, 'fingerprint' | 'dataset' | 'points'>[];
  /** What was measured on the dataset that is predicted. */
  readonly own: readonly CurvePoint[];
}
