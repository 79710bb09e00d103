import { regressCurves } from './regressCurves.ts';
import type { Predictor } from './predictor.ts';

/** Bayesian linear regression on (log2 alpha, complexity): level and tilt of the curve are linear in complexity. */
export const bayesianLinear: Predictor = {
  name: 'bayesianLinear',
  fit: (points) => regressCurves(points, [(a, b) => a * b]),
};
