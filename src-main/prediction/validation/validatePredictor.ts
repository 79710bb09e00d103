import type { PredictionError } from '#common/prediction/prediction.ts';
import { mean } from '#common/statistics/mean.ts';
import type { DatasetCurve } from '../curves/datasetCurve.ts';
import type { Baseline, Explanation } from '../curves/explanation.ts';
import { leaveOneOut, onOwn, type LeftOutErrors } from './leaveOneOut.ts';
import { selectExplanation } from './selectExplanation.ts';

/** Fewest datasets of which one can be left out and something be said. */
const FEWEST_DATASETS = 3;

export interface ValidatedPredictor {
  readonly explanation: Explanation;
  readonly error: PredictionError;
  /** Errors of the selected explanation on runs of left-out datasets, in predicted standard deviations of one. */
  readonly surprises: readonly number[];
  readonly retainedSurprises: readonly number[];
}

export interface ValidationOptions {
  readonly reference: number;
  /** Widths of the target's own probes. */
  readonly probed: readonly number[];
  /** Curves of another network on other datasets (borrowedCurves). */
  readonly lent: readonly DatasetCurve[];
  /** Runs that were averaged into the curves, for the record. */
  readonly runs: number;
  readonly signal?: AbortSignal | undefined;
}

/**
 * Compares explanations by leave-one-dataset-out as they will be used, with probes at the same sizes where the target has probes, and selects
 * one. Every error of one table rests on the same information: with probes the baselines have them too.
 *
 * @param explanations simplest first, at least one; every curve has their features
 */
export async function validatePredictor(
  curves: readonly DatasetCurve[],
  explanations: readonly Explanation[],
  { reference, probed, lent, runs, signal }: ValidationOptions,
): Promise<ValidatedPredictor> {
  const [simplest] = explanations;
  if (simplest === undefined) throw new RangeError('There is nothing to predict with.');
  const datasets = curves.length;
  if (new Set(curves.map(({ related }) => related)).size < FEWEST_DATASETS)
    return unjudged(simplest, datasets, runs);
  const shown = probed.filter((width) =>
    curves.some(({ sizes }) => sizes.some((size) => size.width === width)),
  );
  const all = await leaveOneOut(curves, explanations, { reference, probed: shown, lent, signal });
  const errors = all.map((one) => onOwn(one, curves));
  const selected = onOwn(selectExplanation(all), curves);
  // Every measured size is one that the target has a probe of: nothing is left to be predicted.
  if (selected.perDataset.length === 0) return unjudged(selected.explanation, datasets, runs);
  const unaided =
    shown.length > 0 ? await leaveOneOut(curves, [selected.explanation], { reference, lent, signal }) : [];
  return {
    explanation: selected.explanation,
    error: {
      predictor: selected.explanation.name,
      mae: diceError(selected),
      baselines: baselines(errors, diceError),
      retained: {
        mae: retainedError(selected),
        baselines: baselines(errors, retainedError),
        datasets: selected.perDataset.filter(({ retained }) => retained !== null).length,
      },
      candidates: errors
        .map((one) => ({ predictor: one.explanation.name, mae: diceError(one) }))
        .sort((a, b) => a.mae - b.mae),
      datasets,
      runs,
      ...(unaided[0] && { withoutProbes: diceError(onOwn(unaided[0], curves)) }),
    },
    surprises: selected.perDataset.flatMap((own) => own.surprises),
    retainedSurprises: selected.perDataset.flatMap((own) => own.retainedSurprises),
  };
}

/** A predictor of whose error nothing can be said. */
function unjudged(explanation: Explanation, datasets: number, runs: number): ValidatedPredictor {
  const unknown = { meanCurve: null, logParameters: null };
  return {
    explanation,
    error: {
      predictor: explanation.name,
      mae: null,
      baselines: unknown,
      retained: { mae: null, baselines: unknown, datasets: 0 },
      candidates: [],
      datasets,
      runs,
    },
    surprises: [],
    retainedSurprises: [],
  };
}

export function diceError({ perDataset }: LeftOutErrors): number {
  return mean(perDataset.map(({ dice }) => dice));
}

export function retainedError({ perDataset }: LeftOutErrors): number | null {
  const known = perDataset.flatMap(({ retained }) => (retained === null ? [] : [retained]));
  return known.length > 0 ? mean(known) : null;
}

function baselines(
  errors: readonly LeftOutErrors[],
  of: (one: LeftOutErrors) => number | null,
): PredictionError['baselines'] {
  const named = (name: Baseline): number | null => {
    const found = errors.find(({ explanation }) => explanation.name === name);
    return found ? of(found) : null;
  };
  return { meanCurve: named('meanCurve'), logParameters: named('logParameters') };
}
