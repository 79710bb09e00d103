import { DEFAULT_LIMITS } from '#common/prediction/defaultLimits.ts';
import type { Limits } from '#common/prediction/prediction.ts';

/** How a goal or limit is asked for: a share of the full network's accuracy, a Dice value, or none. */
export type GoalKind = 'retain' | 'minDice' | 'none';

/** What each kind of goal asks for until the user says otherwise. */
export const FIRST_GOALS: Readonly<Record<GoalKind, number>> = {
  retain: DEFAULT_LIMITS.retain,
  minDice: 0.8,
  none: 0,
};

export function goalKind(limits: Limits): GoalKind {
  if (limits.retain !== undefined) return 'retain';
  return limits.minDice === undefined ? 'none' : 'minDice';
}

/** Limits with one value set, or taken away by undefined. */
export function withLimit<Name extends keyof Limits>(
  limits: Limits,
  name: Name,
  value: Limits[Name] | undefined,
): Limits {
  const changed: { -readonly [Key in keyof Limits]: Limits[Key] } = { ...limits };
  if (value === undefined) delete changed[name];
  else changed[name] = value;
  return changed;
}

/** Limits with another kind of accuracy goal. */
export function withGoal(limits: Limits, kind: GoalKind, value: number): Limits {
  const ceilings = withLimit(withLimit(limits, 'retain', undefined), 'minDice', undefined);
  return kind === 'none' ? ceilings : withLimit(ceilings, kind, Math.round(value * 1000) / 1000);
}
