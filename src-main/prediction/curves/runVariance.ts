import { mean } from '#common/statistics/mean.ts';
import type { DatasetCurve, MeasuredSize } from './datasetCurve.ts';
import { levelScale } from './levelScale.ts';

/**
 * Spread of one run's Dice over seeds, folds and a dozen test images in units of levelScale, assumed where no size was run twice: between two folds
 * of the study's datasets Dice itself differs by .03 (wide networks) to .06 (narrow ones).
 */
export const TYPICAL_RUN_NOISE = 0.05;
const BELIEF = 10;

/** Variance of one run's Dice around the mean of its dataset and size, pooled, held near the typical by ten pseudo-observations. */
export function runVariance(curves: readonly DatasetCurve[]): number {
  let squares = BELIEF * TYPICAL_RUN_NOISE ** 2;
  let freedom = BELIEF;
  for (const { dice, runs, spread } of curves.flatMap(({ sizes }) => sizes)) {
    if (spread === null) continue;
    // A run that half learnt is no measure of how far good runs lie apart.
    squares += (runs - 1) * Math.min(spread / levelScale(dice), 2 * TYPICAL_RUN_NOISE) ** 2;
    freedom += runs - 1;
  }
  return squares / freedom;
}

/** Datasets' worth of belief that validation and test Dice are alike on average. */
const UNBIASED = 3;

/**
 * By how much the validation Dice of a run, a probe's, exceeds on average what a test would show, in units of levelScale: the epoch whose weights are
 * kept is chosen by these very images. Mean over datasets.
 */
export function probeBias(curves: readonly DatasetCurve[]): number {
  const excess = curves.map(({ sizes }) => mean(sizes.map(excessOf)));
  return excess.reduce((sum, value) => sum + value, 0) / (curves.length + UNBIASED);
}

/**
 * Variance of the validation Dice of one run, a probe's, around the accuracy that a test would show and its bias: what validation and test Dice of
 * the same networks differ by, less the test's own share.
 * @param runVariance of the test Dice
 */
export function probeVariance(curves: readonly DatasetCurve[], runVariance: number, bias: number): number {
  let squares = 2 * BELIEF * TYPICAL_RUN_NOISE ** 2;
  let count = BELIEF;
  for (const size of curves.flatMap(({ sizes }) => sizes)) {
    squares += size.runs * Math.min(Math.abs(excessOf(size) - bias), 4 * TYPICAL_RUN_NOISE) ** 2;
    count += 1;
  }
  return Math.max(runVariance / 2, squares / count - runVariance);
}

function excessOf({ dice, validation }: MeasuredSize): number {
  return (validation - dice) / levelScale(dice);
}
