import type { Predictor } from './predictor.ts';
import { bayesianLinear } from './bayesianLinear.ts';
import { gaussianProcess } from './gaussianProcess.ts';
import { linearPerFactor } from './linearPerFactor.ts';
import { logParameters } from './logParameters.ts';
import { meanCurve } from './meanCurve.ts';
import { sharedLaw } from './sharedLaw.ts';

/** All predictors, simplest first: on a tie the earlier one is used. The first two are the baselines. */
export const PREDICTORS: readonly Predictor[] = [
  meanCurve,
  logParameters,
  sharedLaw,
  linearPerFactor,
  bayesianLinear,
  gaussianProcess,
];
