import { fitRidge } from '../algebra/ridge.ts';
import type { Predictor } from './predictor.ts';

/** Baseline: a straight line in the logarithm of the number of parameters, nothing else. */
export const logParameters: Predictor = {
  name: 'logParameters',
  fit(points) {
    // A vanishing penalty makes the line defined with a single size too.
    const line = fitRidge(
      { rows: points.map((point) => [point.log2Parameters]), values: points.map((point) => point.dice) },
      1e-6,
    );
    return { predict: (_features, sizes) => sizes.map(({ log2Parameters }) => line([log2Parameters])) };
  },
};
