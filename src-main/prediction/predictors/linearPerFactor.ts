import { decomposeCurves } from './curveDecomposition.ts';
import { dot } from '../algebra/linearAlgebra.ts';
import { sharedFeatures, type Feature, type Features } from '../points/measureScale.ts';
import type { Predictor } from './predictor.ts';
import { choosePenalty, fitRidge, type RidgeTask } from '../algebra/ridge.ts';
import { interpolationWeights } from '../points/sizeAxis.ts';
import { standardise } from '../algebra/standardise.ts';

/** The published pair, and the two measures that the literature puts first (method.md, section 2). */
export const FEW_FEATURES: readonly Feature[] = ['jpeg', 'blobDensity', 'medianFrequency', 'boundaryDensity'];

/**
 * Ridge regressions on a few measures: one of the dataset's level, and for each size its own of what is left, which is the drop. Level and
 * drop have a penalty each, chosen by leave-one-dataset-out inside the calibrated datasets; either may be infinite, and
 * with both it is the mean curve.
 */
export const linearPerFactor: Predictor = {
  name: 'linearPerFactor',
  fit(points) {
    const { knots, meanAt, curves } = decomposeCurves(points);
    const known = curves.map((curve) => curve.features);
    const shared = sharedFeatures(known);
    const few = standardise(
      known,
      FEW_FEATURES.filter((feature) => shared.includes(feature)),
    );
    const rowOf = (features: Features): number[] => few.map((feature) => feature.of(features));
    const levels = new Map(curves.map((curve) => [curve.dataset, curve.level.value]));
    const levelTask = { rows: known.map(rowOf), values: [...levels.values()] };
    const dropTasks = knots.map((knot): RidgeTask => {
      const here = points.filter((point) => Math.abs(point.log2Alpha - knot) < 1e-4);
      return {
        rows: here.map((point) => rowOf(point.features)),
        values: here.map((point) => point.dice - meanAt(point.log2Alpha) - (levels.get(point.dataset) ?? 0)),
      };
    });
    const [levelOf] = fitDeviations([levelTask]);
    const dropsOf = fitDeviations(dropTasks);
    return {
      predict(features, sizes) {
        const row = rowOf(features);
        const level = levelOf?.(row) ?? 0;
        const drops = dropsOf.map((dropOf) => dropOf(row));
        return sizes.map(
          ({ log2Alpha }) => meanAt(log2Alpha) + level + dot(interpolationWeights(knots, log2Alpha), drops),
        );
      },
    };
  },
};

/** Fits deviations from the mean curve with one common penalty; with an infinite one they are 0. */
function fitDeviations(tasks: readonly RidgeTask[]): ((row: readonly number[]) => number)[] {
  const penalty = choosePenalty(tasks);
  return tasks.map((task) => (penalty === Infinity ? () => 0 : fitRidge(task, penalty)));
}
