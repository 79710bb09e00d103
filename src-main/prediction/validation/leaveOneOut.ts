import { throwIfCancelled } from '#common/errors.ts';
import { clipToUnit } from '#common/statistics/clipToUnit.ts';
import { groupBy } from '../algebra/groupBy.ts';
import { at, valueAt } from '../algebra/linearAlgebra.ts';
import { fitCurveModel } from '../curves/curveModel.ts';
import type { DatasetCurve, MeasuredSize } from '../curves/datasetCurve.ts';
import type { Explanation } from '../curves/explanation.ts';
import { predictCurve } from '../curves/predictCurve.ts';
import { retainedAccuracy } from '../curves/retainedAccuracy.ts';
import { borrowedCurves } from '../points/borrowedCurves.ts';
import { mean } from '#common/statistics/mean.ts';

/** What one explanation got wrong on one dataset whose curve it had not seen. */
export interface LeftOut {
  readonly dataset: string;
  readonly name: string;
  /** Mean absolute error of Dice over the sizes. */
  readonly dice: number;
  /** Same of retained accuracy, reference size left out; null where the reference was not measured. */
  readonly retained: number | null;
  /** Errors of Dice, one per run of every size, in predicted standard deviations of one run. */
  readonly surprises: readonly number[];
  readonly retainedSurprises: readonly number[];
}

export interface LeftOutErrors {
  readonly explanation: Explanation;
  readonly perDataset: readonly LeftOut[];
}

export interface LeaveOneOutOptions {
  /** Width of the network that retained accuracy is a share of. */
  readonly reference: number;
  /** Widths at which the left-out dataset's own validation Dice is shown, as probes show it; these count in no error. */
  readonly probed?: readonly number[];
  /**
   * Curves of another network, which stand in where the asked one was not trained (borrowedCurves); on the left-out datasets they are left out too. The
   * datasets on which they stand in are left out in turn as well, so that there is more to select an explanation by: see `onOwn`.
   */
  readonly lent?: readonly DatasetCurve[];
  readonly signal?: AbortSignal | undefined;
}

/** With more groups of related datasets than this, several are left out at once. */
const MOST_FITS = 60;
/** In very large libraries every fit takes long, and a part of them left out says as much of its error. */
const LARGE = { groups: 300, fits: 10 };

/**
 * Leave-one-dataset-out cross-validation, datasets that are related left out together. Everything that a model adapts (coefficients, variances,
 * standardisation) is adapted to the remaining ones.
 *
 * @param curves of at least two unrelated datasets, all with the features of all explanations
 * @throws CancelledError between two fits
 */
export async function leaveOneOut(
  curves: readonly DatasetCurve[],
  explanations: readonly Explanation[],
  { reference, probed = [], lent = [], signal }: LeaveOneOutOptions,
): Promise<LeftOutErrors[]> {
  const together = [...curves, ...borrowedCurves(curves, lent)];
  const folds = foldsOf(together);
  const results: LeftOutErrors[] = [];
  for (const explanation of explanations) {
    const all = fitCurveModel(together, explanation);
    const perDataset: LeftOut[] = [];
    for (const fold of folds) {
      await new Promise(setImmediate);
      throwIfCancelled(signal, 'The prediction');
      const left = new Set(fold.map(({ related }) => related));
      const unrelated = ({ related }: DatasetCurve): boolean => !left.has(related);
      const own = curves.filter(unrelated);
      const rest = [...own, ...borrowedCurves(own, lent.filter(unrelated))];
      const model = fitCurveModel(rest, explanation, rest.length > 8 ? all : undefined);
      perDataset.push(...fold.flatMap((curve) => score(curve, model, probed, reference)));
    }
    results.push({ explanation, perDataset });
  }
  return results;
}

/** The errors on these datasets alone: those on which the asked network itself was trained. */
export function onOwn(errors: LeftOutErrors, curves: readonly DatasetCurve[]): LeftOutErrors {
  const own = new Set(curves.map(({ dataset }) => dataset));
  return { ...errors, perDataset: errors.perDataset.filter(({ dataset }) => own.has(dataset)) };
}

/** Groups of related datasets, a few of them together where there are very many. */
function foldsOf(curves: readonly DatasetCurve[]): DatasetCurve[][] {
  const groups = [...groupBy(curves, ({ related }) => related).values()];
  const most = groups.length > LARGE.groups ? LARGE.fits : MOST_FITS;
  const folds = Array.from({ length: Math.min(most, groups.length) }, (): DatasetCurve[] => []);
  groups.forEach((group, i) => folds[i % folds.length]?.push(...group));
  return folds;
}

function score(
  curve: DatasetCurve,
  model: Parameters<typeof predictCurve>[0],
  probed: readonly number[],
  reference: number,
): LeftOut[] {
  const isProbe = ({ width }: MeasuredSize): boolean => probed.includes(width);
  const probes = curve.sizes
    .filter(isProbe)
    .map(({ width, validation, runs }) => ({ width, dice: validation, runs }));
  const asked = curve.sizes.filter((size) => !isProbe(size));
  if (asked.length === 0) return [];
  const joint = predictCurve(
    model,
    curve.features,
    asked.map(({ width }) => width),
    probes,
  );
  const expected = joint.mean.map(clipToUnit);
  const errors = asked.map(({ dice }, i) => Math.abs(dice - valueAt(expected, i)));
  const base = asked.findIndex(({ width }) => width === reference);
  const measuredBase = asked[base]?.dice ?? 0;
  const baseRuns = asked[base]?.runs ?? 1;
  const retained = asked.flatMap((size, i) => {
    if (base === -1 || i === base || measuredBase <= 0) return [];
    const { retained: predicted, measuredDeviation } = retainedAccuracy(joint, i, base, {
      size: size.runs,
      reference: baseRuns,
    });
    const error = size.dice / measuredBase - predicted;
    return [{ error: Math.abs(error), surprise: error / Math.max(1e-6, measuredDeviation) }];
  });
  const { dataset, name } = curve;
  return [
    {
      dataset,
      name,
      dice: mean(errors),
      retained: retained.length > 0 ? mean(retained.map(({ error }) => error)) : null,
      surprises: asked.flatMap(({ each }, i) => {
        const deviation = Math.sqrt(at(joint.covariance, i, i) + joint.runVariance);
        return each.map((dice) => (dice - valueAt(expected, i)) / deviation);
      }),
      retainedSurprises: retained.map(({ surprise }) => surprise),
    },
  ];
}
