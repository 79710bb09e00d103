import { mean } from '../statistics/mean.ts';

/** What a run measured, the network's size and the images that tested it. */
export interface FoldedDice {
  readonly size: string;
  readonly fold: string;
  readonly dice: number;
}

/** Runs' worth of belief that all folds are equally hard: they differ by .06 in Dice, runs of one fold around their sum of size and fold by .04. */
const BELIEF = 0.5;
const ROUNDS = 50;

/**
 * Dice of every run as if all folds were equally hard, on average over these. Where every size was measured on the same folds, this changes no mean; where
 * one lacks a fold (a sweep that was cancelled, a network that has not learnt), a hard or easy fold would otherwise pass for an effect of the size.
 * Two-way additive fit, dice = size + fold + error, by alternating least squares.
 *
 * @param runs on one dataset
 * @returns one per run, in the same order
 */
export function withoutFoldEffects(runs: readonly FoldedDice[]): number[] {
  const effects = new Map<string, number>();
  const left = ({ fold, dice }: FoldedDice): number => dice - (effects.get(fold) ?? 0);
  const sizes = [...Map.groupBy(runs, ({ size }) => size)];
  const folds = [...Map.groupBy(runs, ({ fold }) => fold)];
  for (let round = 0; folds.length > 1 && round < ROUNDS; round++) {
    const levels = new Map(sizes.map(([size, same]) => [size, mean(same.map(left))]));
    const seen = folds.map(([fold, same]) => {
      const excess = same.reduce((sum, { size, dice }) => sum + dice - (levels.get(size) ?? 0), 0);
      return { fold, effect: excess / (same.length + BELIEF) };
    });
    const centre = mean(seen.map(({ effect }) => effect));
    for (const { fold, effect } of seen) effects.set(fold, effect - centre);
  }
  return runs.map(left);
}
