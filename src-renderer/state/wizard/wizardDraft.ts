import type { NetworkFamily } from '#common/network/network.ts';
import type { Limits } from '#common/prediction/prediction.ts';
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
