import { foldText } from '../dataset/foldText.ts';
import { mean } from '../statistics/mean.ts';
import type { CalibrationRun } from './calibrationRun.ts';

/**
 * Runs' worth of belief that all folds are equally hard: on the starter library runs of one dataset lie .036 around their sum of size and fold, folds .051 apart
 * (standard deviations of Dice), and (.036 / .051)² is one half.
 */
const BELIEF = 0.5;
const [ROUNDS, SETTLED] = [50, 1e-9];

/**
 * Dice of every run as if all folds were equally hard, on average over these. Where every size was measured on the same folds, this changes no mean; where
 * one lacks a fold (a sweep that was cancelled, a network that has not learnt), a hard or easy fold would otherwise pass for an effect of the size.
 * Two-way additive fit, dice = size + fold + error, by alternating least squares.
 *
 * @param runs on one dataset
 * @param sizeOf tells networks of different sizes apart
 * @returns one per run, in the same order
 */
export function withoutFoldEffects(
  runs: readonly CalibrationRun[],
  sizeOf: (run: CalibrationRun) => string,
  dice: (run: CalibrationRun) => number,
): number[] {
  const effects = new Map<string, number>();
  const left = (run: CalibrationRun): number => dice(run) - (effects.get(foldText(run.fold)) ?? 0);
  const sizes = [...Map.groupBy(runs, sizeOf)];
  const folds = [...Map.groupBy(runs, ({ fold }) => foldText(fold))];
  let change = folds.length > 1 ? Infinity : 0;
  for (let round = 0; change > SETTLED && round < ROUNDS; round++) {
    const levels = new Map(sizes.map(([size, same]) => [size, mean(same.map(left))]));
    const seen = folds.map(([fold, same]) => {
      const excess = same.reduce((sum, run) => sum + dice(run) - (levels.get(sizeOf(run)) ?? 0), 0);
      return { fold, effect: excess / (same.length + BELIEF) };
    });
    const centre = mean(seen.map(({ effect }) => effect));
    change = 0;
    for (const { fold, effect } of seen) {
      change = Math.max(change, Math.abs(effect - centre - (effects.get(fold) ?? 0)));
      effects.set(fold, effect - centre);
    }
  }
  return runs.map(left);
}
