import type { Limits } from '#common/prediction/prediction.ts';
import type { AccuracyUnit } from '#common/prediction/accuracyUnit.ts';
import { goalKind, withGoal } from './goal.ts';

/** The user's own choice, else what the goal is asked in. Without a goal it is the share, which is predicted better. */
export function shownUnit(chosen: AccuracyUnit | null, limits: Limits): AccuracyUnit {
  return chosen ?? (goalKind(limits) === 'minDice' ? 'dice' : 'share');
}

/**
 * The goal in the unit that is shown, above 1 where a share cannot reach the Dice that is asked for.
 * @param full predicted Dice of the full network, by which shares and Dice values become each other
 * @returns null without a goal
 */
export function shownGoal({ retain, minDice }: Limits, unit: AccuracyUnit, full: number): number | null {
  if (retain !== undefined) return unit === 'share' ? retain : retain * full;
  if (minDice !== undefined) return unit === 'dice' ? minDice : minDice / full;
  return null;
}

/** Limits with their goal, of whichever kind it is, moved to a value of the unit that is shown. */
export function withShownGoal(limits: Limits, unit: AccuracyUnit, value: number, full: number): Limits {
  const kind = goalKind(limits);
  const share = unit === 'share' ? value : value / full;
  return withGoal(limits, kind, Math.min(1, kind === 'retain' ? share : share * full));
}
