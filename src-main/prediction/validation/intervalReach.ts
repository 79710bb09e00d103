import { studentQuantile } from '#common/statistics/studentQuantile.ts';
import { valueAt } from '../algebra/linearAlgebra.ts';

/** Share of measured runs that an interval is meant to contain; its lower bound is missed by one in twenty. */
export const INTERVAL_LEVEL = 0.9;

/** Datasets' worth of belief that the model's own standard deviations are right. */
const BELIEF = 10;

/**
 * Half width of the interval in predicted standard deviations: Student's quantile, stretched (or shrunk) by what left-out datasets showed, so
 * that nine in ten of them would have fallen inside.
 *
 * @param surprises errors of single runs on left-out datasets, in predicted standard deviations
 * @param datasets how many were calibrated
 * @param explained how many numbers explain the level
 */
export function intervalReach(surprises: readonly number[], datasets: number, explained: number): number {
  const quantile = studentQuantile(INTERVAL_LEVEL, Math.max(3, datasets + 2 - explained));
  if (surprises.length === 0) return quantile;
  const sorted = surprises.map(Math.abs).sort((a, b) => a - b);
  const seen = valueAt(
    sorted,
    Math.min(sorted.length - 1, Math.ceil(INTERVAL_LEVEL * (sorted.length + 1)) - 1),
  );
  const trust = datasets / (datasets + BELIEF);
  return quantile * Math.exp(trust * Math.log(Math.min(2, Math.max(0.7, seen / quantile))));
}
