import { nextProbe } from '#common/prediction/nextProbe.ts';
import { candidates } from '../../src-main/prediction/candidates.ts';
import type { DatasetCurve, MeasuredSize } from '../../src-main/prediction/curves/datasetCurve.ts';
import { predictFromCurves, type AccuracyPrediction } from '../../src-main/prediction/predictFromCurves.ts';

/** What the product would have said of one size of a dataset that it had never seen, beside what was measured. */
export interface LeftOutSize {
  readonly measured: MeasuredSize;
  readonly predicted: AccuracyPrediction['points'][number];
  readonly retained: AccuracyPrediction['retained'][number];
  readonly probed: boolean;
}

export interface LeftOutDataset {
  readonly curve: DatasetCurve;
  readonly predictor: string;
  readonly sizes: readonly LeftOutSize[];
}

/**
 * Which sizes are probed: widths at which every dataset's own validation Dice is given, or the one probe that the product advises under a goal, a share
 * of the base's accuracy, where it advises one.
 */
export type Probing = { readonly widths: readonly number[] } | { readonly advisedFor: number };

/**
 * Predicts every dataset by the product's own way, selection and intervals included, from the datasets that are not related to it.
 *
 * @param base first-level width that the goal is a share of
 * @param asked those that are predicted; all
 * @param lent curves of another network, which stand in where the asked one was not trained, but never on the left-out dataset
 */
export async function leftOutPredictions(
  curves: readonly DatasetCurve[],
  base: number,
  probing: Probing,
  lent: readonly DatasetCurve[] = [],
  asked: readonly DatasetCurve[] = curves,
): Promise<LeftOutDataset[]> {
  const results: LeftOutDataset[] = [];
  for (const curve of asked) {
    const sizes = curve.sizes.filter(({ width }) => width <= base);
    const predict = (probed: readonly number[]) =>
      predictFromCurves({
        curves: curves.filter(({ related }) => related !== curve.related),
        lender: { network: 'another', curves: lent.filter(({ related }) => related !== curve.related) },
        runs: 0,
        features: curve.features,
        probes: sizes
          .filter(({ width }) => probed.includes(width))
          .map(({ width, validation, runs }) => ({ width, dice: validation, runs })),
        width: base,
        alphas: sizes.map(({ width }) => width / base),
        parametersOf: (alpha) => (alpha * base) ** 2,
      });
    const probed =
      'widths' in probing ? probing.widths : advised(await predict([]), base, probing.advisedFor);
    const { points, retained, error } = await predict(probed);
    results.push({
      curve,
      predictor: error.predictor,
      sizes: sizes.flatMap((measured, i) => {
        const [point, share] = [points[i], retained[i]];
        return point && share
          ? [{ measured, predicted: point, retained: share, probed: probed.includes(measured.width) }]
          : [];
      }),
    });
  }
  return results;
}

/** The width of the probe that the product would advise; none where it would not. Cost follows the size. */
function advised(prediction: AccuracyPrediction, base: number, goal: number): number[] {
  const nothing = { macs: 0, activationBytes: 0, fileBytes: 0, latencyMs: null };
  const advice = nextProbe({
    candidates: candidates(prediction, () => nothing),
    joint: prediction.joint,
    limits: { retain: goal, safe: false },
    measured: [],
  });
  return advice ? [Math.round(advice.alpha * base)] : [];
}
