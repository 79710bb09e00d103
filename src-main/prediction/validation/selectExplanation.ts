import { mean } from '#common/statistics/mean.ts';
import { valueAt } from '../algebra/linearAlgebra.ts';
import type { LeftOutErrors } from './leaveOneOut.ts';

/** Fewest datasets with which leave-one-dataset-out may overrule the simplest explanation. */
const FEWEST_DATASETS = 4;
/** Least gain over a simpler one that is worth anything. */
const LEAST_GAIN = 0.002;

/**
 * The simplest explanation that the best one does not beat clearly: by more than one standard error of the paired difference over
 * datasets, and by 0.002. With few datasets the ranking is mostly chance, and the simplest, the average curve, errs least when chance
 * decides. What is compared is the mean of the errors in Dice and in retained accuracy.
 *
 * @param errors in the order of simplicity, simplest first; at least one
 */
export function selectExplanation(errors: readonly LeftOutErrors[]): LeftOutErrors {
  const [simplest] = errors;
  if (simplest === undefined) throw new RangeError('There is no explanation to select from.');
  if (simplest.perDataset.length < FEWEST_DATASETS) return simplest;
  const best = errors.reduce((a, b) => (mean(scores(b)) < mean(scores(a)) ? b : a));
  return errors.find((simpler) => !clearlyWorse(scores(simpler), scores(best))) ?? best;
}

function scores({ perDataset }: LeftOutErrors): number[] {
  return perDataset.map(({ dice, retained }) => (dice + (retained ?? dice)) / 2);
}

function clearlyWorse(simpler: readonly number[], best: readonly number[]): boolean {
  const gains = simpler.map((score, i) => score - valueAt(best, i));
  const centre = mean(gains);
  const squares = gains.reduce((sum, gain) => sum + (gain - centre) ** 2, 0);
  const standardError = Math.sqrt(squares / (gains.length - 1) / gains.length);
  return centre > Math.max(LEAST_GAIN, standardError);
}
