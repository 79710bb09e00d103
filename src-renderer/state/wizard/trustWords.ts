import { formatPoints } from '#common/format.ts';
import type { PredictionError } from '#common/prediction/prediction.ts';
import { brief } from '../window/words.ts';
import type { AccuracyMeasure } from './accuracyMeasure.ts';

export interface TrustWords {
  /** What was predicted. */
  readonly subject: string;
  /** Mean absolute error with its unit. */
  readonly error: string;
  /** Left out one after the other. */
  readonly datasets: number;
  readonly baselines: readonly { readonly predictor: string; readonly error: string }[];
}

/** The leave-one-dataset-out error of what is shown, beside the baselines'; null where it is not known. */
export function trustWords(error: PredictionError, measure: AccuracyMeasure): TrustWords | null {
  const shown = measure === 'share' ? error.retained : error;
  if (!shown || shown.mae === null) return null;
  const words = measure === 'share' ? formatPoints : (value: number): string => `${brief(value)} Dice`;
  // A column of the narrow card, under the sentence that names the unit in full.
  const short = (value: number): string => words(value).replace('percentage ', '');
  return {
    subject: measure === 'share' ? 'the share of full accuracy' : 'the Dice',
    error: words(shown.mae),
    datasets: shown.datasets,
    baselines: Object.entries(shown.baselines).flatMap(([predictor, mae]) =>
      mae === null ? [] : [{ predictor, error: short(mae) }],
    ),
  };
}
