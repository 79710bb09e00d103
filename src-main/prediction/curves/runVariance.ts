import { mean } from '#common/statistics/mean.ts';
import { valueAt } from '../algebra/linearAlgebra.ts';
import type { DatasetCurve, MeasuredSize } from './datasetCurve.ts';
import { levelScale } from './levelScale.ts';

/**
 * Spread of one run's Dice over seeds, folds and a dozen test images in units of levelScale, assumed where no size was run twice: between two folds
 * of the study's datasets Dice itself differs by .03 (wide networks) to .06 (narrow ones).
 */
export const TYPICAL_RUN_NOISE = 0.05;
const BELIEF = 10;

/**
 * Variance of one run's Dice around the mean of its dataset and size, pooled, held near the typical by ten pseudo-observations.
 * @param dispersions by how much each dataset strays more than one at the mean (dispersion.ts)
 */
export function runVariance(curves: readonly DatasetCurve[], dispersions: readonly number[]): number {
  let squares = BELIEF * TYPICAL_RUN_NOISE ** 2;
  let freedom = BELIEF;
  for (const [index, { sizes }] of curves.entries()) {
    for (const { dice, each } of sizes) {
      if (each.length < 2) continue;
      const centre = mean(each);
      const own = each.reduce((sum, value) => sum + (value - centre) ** 2, 0) / (each.length - 1);
      const strays = Math.sqrt(own) / (levelScale(dice) * valueAt(dispersions, index));
      // A run that half learnt is no measure of how far good runs lie apart.
      squares += (each.length - 1) * Math.min(strays, 2 * TYPICAL_RUN_NOISE) ** 2;
      freedom += each.length - 1;
    }
  }
  return squares / freedom;
}

/** Datasets' worth of belief that validation and test Dice are alike on average. */
const UNBIASED = 3;

/**
 * By how much the validation Dice of a run, a probe's, exceeds on average what a test would show, in units of levelScale and dispersion: the epoch whose
 * weights are kept is chosen by these very images. Mean over datasets.
 */
export function probeBias(curves: readonly DatasetCurve[], dispersions: readonly number[]): number {
  const excess = curves.map(({ sizes }, index) =>
    mean(sizes.map((size) => excessOf(size, valueAt(dispersions, index)))),
  );
  return excess.reduce((sum, value) => sum + value, 0) / (curves.length + UNBIASED);
}

/**
 * Variance of the validation Dice of one run, a probe's, around the accuracy that a test would show and its bias: what validation and test Dice of
 * the same networks differ by, less the test's own share.
 * @param variance of one run's test Dice
 */
export function probeVariance(
  curves: readonly DatasetCurve[],
  dispersions: readonly number[],
  variance: number,
  bias: number,
): number {
  let squares = 2 * BELIEF * TYPICAL_RUN_NOISE ** 2;
  let count = BELIEF;
  for (const [index, { sizes }] of curves.entries()) {
    for (const size of sizes) {
      const excess = Math.abs(excessOf(size, valueAt(dispersions, index)) - bias);
      squares += size.runs * Math.min(excess, 4 * TYPICAL_RUN_NOISE) ** 2;
      count += 1;
    }
  }
  return Math.max(variance / 2, squares / count - variance);
}

function excessOf({ dice, validation }: MeasuredSize, dispersion: number): number {
  return (validation - dice) / (levelScale(dice) * dispersion);
}
