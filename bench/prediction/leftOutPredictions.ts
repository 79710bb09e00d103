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
 * Predicts every dataset by the product's own way, selection and intervals included, from the datasets that are not related to it.
 *
 * @param base first-level width that the goal is a share of
 * @param probed widths at which the dataset's own validation Dice is given
 */
export async function leftOutPredictions(
  curves: readonly DatasetCurve[],
  base: number,
  probed: readonly number[],
): Promise<LeftOutDataset[]> {
  const results: LeftOutDataset[] = [];
  for (const curve of curves) {
    const sizes = curve.sizes.filter(({ width }) => width <= base);
    const isProbe = ({ width }: MeasuredSize): boolean => probed.includes(width);
    const { points, retained, error } = await predictFromCurves({
      curves: curves.filter(({ related }) => related !== curve.related),
      runs: 0,
      features: curve.features,
      probes: sizes.filter(isProbe).map(({ width, validation, runs }) => ({ width, dice: validation, runs })),
      width: base,
      alphas: sizes.map(({ width }) => width / base),
      parametersOf: (alpha) => (alpha * base) ** 2,
    });
    results.push({
      curve,
      predictor: error.predictor,
      sizes: sizes.flatMap((measured, i) => {
        const [point, share] = [points[i], retained[i]];
        return point && share
          ? [{ measured, predicted: point, retained: share, probed: isProbe(measured) }]
          : [];
      }),
    });
  }
  return results;
}
