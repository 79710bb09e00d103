import type { DatasetCurve } from './datasetCurve.ts';
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

/**
 * Variance of the validation Dice of one run, a probe's, around the accuracy that a test would show: what validation and test Dice of
 * the same networks differ by, less the test's own share.
 * @param runVariance of the test Dice
 */
export function probeVariance(curves: readonly DatasetCurve[], runVariance: number): number {
  let squares = 2 * BELIEF * TYPICAL_RUN_NOISE ** 2;
  let count = BELIEF;
  for (const { dice, validation, runs } of curves.flatMap(({ sizes }) => sizes)) {
    squares += runs * Math.min(Math.abs(validation - dice) / levelScale(dice), 4 * TYPICAL_RUN_NOISE) ** 2;
    count += 1;
  }
  return Math.max(runVariance / 2, squares / count - runVariance);
}
