import { mean } from '#common/statistics/mean.ts';
import { groupBy } from '../algebra/groupBy.ts';
import { valueAt } from '../algebra/linearAlgebra.ts';

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
 * @returns one per run, in the same order
 */
export function withoutFoldEffects(runs: readonly FoldedDice[]): number[] {
  const dice = runs.map((run) => run.dice);
  const folds = grouped(runs.map(({ fold }) => fold));
  const sizes = grouped(runs.map(({ size }) => size));
  let effects = folds.members.map(() => 0);
  const without = (): number[] => dice.map((value, i) => value - valueAt(effects, valueAt(folds.of, i)));
  for (let round = 0; folds.members.length > 1 && round < ROUNDS; round++) {
    const left = without();
    const levels = sizes.members.map((members) => mean(members.map((i) => valueAt(left, i))));
    const seen = folds.members.map((members) => {
      const excess = members.map((i) => valueAt(dice, i) - valueAt(levels, valueAt(sizes.of, i)));
      return excess.reduce((sum, value) => sum + value, 0) / (members.length + BELIEF);
    });
    const centre = mean(seen);
    effects = seen.map((effect) => effect - centre);
  }
  return without();
}

/** The places at which each different key stands, and of each place the number of its key. */
function grouped(keys: readonly string[]): { members: number[][]; of: number[] } {
  const groups = groupBy(
    keys.map((key, place) => ({ key, place })),
    ({ key }) => key,
  );
  const names = [...groups.keys()];
  const members = [...groups.values()].map((group) => group.map(({ place }) => place));
  return { members, of: keys.map((key) => names.indexOf(key)) };
}
