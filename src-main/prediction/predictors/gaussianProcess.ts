import { regressCurves } from './regressCurves.ts';
import type { Kernel } from './kernelRegression.ts';
import type { Predictor } from './predictor.ts';

/** Similarity that falls to 1/e within `length` * sqrt(2) standard deviations; far from every dataset it says nothing. */
function squaredExponential(length: number): Kernel {
  return (a, b) => Math.exp(-0.5 * ((a - b) / length) ** 2);
}

/**
 * Gaussian process on (log2 alpha, complexity) with a dataset-level offset. Its covariance separates: a common curve, plus
 * level and tilt of the curve, each partly explained by complexity and partly the dataset's own.
 */
export const gaussianProcess: Predictor = {
  name: 'gaussianProcess',
  fit: (points) => regressCurves(points, [squaredExponential(0.7), squaredExponential(1.5)]),
};
