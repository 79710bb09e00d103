import type { CrossValidation } from './crossValidate.ts';
import { valueAt } from '../algebra/linearAlgebra.ts';

/** Fewest datasets with which leave-one-dataset-out may overrule the mean curve. */
const FEWEST_DATASETS = 4;
/** Least gain over a simpler predictor that is worth anything. */
const LEAST_GAIN = 0.002;

/**
 * The simplest predictor that the best one does not beat clearly: by more than one standard error of the paired difference over
 * datasets, and by 0.002. With few datasets the ranking of predictors is mostly chance, and the simplest, the mean curve, errs
 * least when chance decides.
 *
 * What is compared is the mean of the errors in Dice and in retained accuracy. Dice alone would be decided by the level of each
 * dataset, of which complexity says little, and would be blind to who predicts the drop.
 *
 * @param validation errors in the order of simplicity, simplest first
 * @returns the name of the predictor to use
 */
export function selectPredictor({ datasets, errors }: CrossValidation): string {
  const scored = errors.map(({ predictor, perDataset }) => ({
    predictor,
    scores: perDataset.map(({ mae, maeRetained }) => (mae + (maeRetained ?? mae)) / 2),
  }));
  const [simplest] = scored;
  if (simplest === undefined) throw new RangeError('There is no predictor to select from.');
  if (datasets < FEWEST_DATASETS) return simplest.predictor;
  const best = scored.reduce((a, b) => (mean(b.scores) < mean(a.scores) ? b : a));
  return (scored.find((simpler) => !clearlyWorse(simpler.scores, best.scores)) ?? best).predictor;
}

function clearlyWorse(simpler: readonly number[], best: readonly number[]): boolean {
  const gains = simpler.map((score, i) => score - valueAt(best, i));
  const squares = gains.reduce((sum, gain) => sum + (gain - mean(gains)) ** 2, 0);
  const standardError = Math.sqrt(squares / (gains.length - 1) / gains.length);
  return mean(gains) > Math.max(LEAST_GAIN, standardError);
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}
