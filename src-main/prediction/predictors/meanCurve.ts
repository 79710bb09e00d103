import { decomposeCurves } from './curveDecomposition.ts';
import type { Predictor } from './predictor.ts';

/**
 * Baseline: the mean accuracy of the calibrated datasets at each size, whatever the complexity. Datasets that miss some sizes
 * are compared at those that they have (an additive fit), so that an easy dataset does not lift the sizes it was run at.
 */
export const meanCurve: Predictor = {
  name: 'meanCurve',
  fit(points) {
    const { meanAt } = decomposeCurves(points);
    return { predict: (_features, sizes) => sizes.map(({ log2Alpha }) => meanAt(log2Alpha)) };
  },
};
