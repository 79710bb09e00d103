import type { NetworkFamily } from '../../../src-main/contract/network.ts';
import type { Limits } from '../../../src-main/contract/prediction.ts';
import type { AccuracyMeasure } from './accuracyMeasure.ts';

export const STEPS = ['question', 'prediction', 'probes', 'training', 'result'] as const;
export type Step = (typeof STEPS)[number];

/** What the user has set in the wizard; everything else follows from the project. */
export interface WizardDraft {
  readonly step: Step;
  readonly datasetId: number | null;
  readonly family: NetworkFamily;
  readonly width: number;
  readonly limits: Limits;
  /** What the user wants accuracy shown as; null as long as the goal decides. */
  readonly measure: AccuracyMeasure | null;
}

export const FIRST_DRAFT: WizardDraft = {
  step: 'question',
  datasetId: null,
  family: 'unet',
  width: 16,
  limits: { retain: 0.95, safe: false },
  measure: null,
};

/** How a goal or limit is asked for: a share of the full network's accuracy, a Dice value, or none. */
export type GoalKind = 'retain' | 'minDice' | 'none';

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

/** Reads a stored draft; the first draft where it is absent or of another version. */
export function readDraft(text: string | null): WizardDraft {
  if (text === null) return FIRST_DRAFT;
  try {
    const value = JSON.parse(text) as Partial<WizardDraft>;
    const known = STEPS.some((step) => step === value.step) && typeof value.width === 'number';
    return known && typeof value.limits === 'object' ? { ...FIRST_DRAFT, ...value } : FIRST_DRAFT;
  } catch {
    return FIRST_DRAFT;
  }
}
