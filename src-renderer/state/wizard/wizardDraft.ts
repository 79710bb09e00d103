import { DEFAULT_NETWORK } from '#common/network/defaultNetwork.ts';
import type { NetworkFamily } from '#common/network/network.ts';
import { DEFAULT_LIMITS } from '#common/prediction/defaultLimits.ts';
import type { Limits } from '#common/prediction/prediction.ts';
import type { AccuracyUnit } from '#common/prediction/accuracyUnit.ts';

export const STEPS = ['question', 'prediction', 'probes', 'training', 'result'] as const;
export type Step = (typeof STEPS)[number];

/** What the user has set in the wizard; everything else follows from the project. */
export interface WizardDraft {
  readonly step: Step;
  readonly datasetId: number | null;
  readonly family: NetworkFamily;
  readonly width: number;
  /** Shorter side to which images are resized before a network sees them; null: as most datasets were calibrated. */
  readonly workingSide: number | null;
  readonly limits: Limits;
  /** What the user wants accuracy shown as; null as long as the goal decides. */
  readonly unit: AccuracyUnit | null;
  /** A size that the user took instead of the one that the goal and limits choose; null as long as these decide. */
  readonly picked: number | null;
}

export const FIRST_DRAFT: WizardDraft = {
  step: 'question',
  datasetId: null,
  ...DEFAULT_NETWORK,
  workingSide: null,
  limits: DEFAULT_LIMITS,
  unit: null,
  picked: null,
};

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
