import type { Predictor } from './predictor.ts';
import { bayesianLinear } from './predictors/bayesianLinear.ts';
import { gaussianProcess } from './predictors/gaussianProcess.ts';
import { linearPerFactor } from './predictors/linearPerFactor.ts';
import { logParameters } from './predictors/logParameters.ts';
import { meanCurve } from './predictors/meanCurve.ts';
import { sharedLaw } from './predictors/sharedLaw.ts';

/** All predictors, simplest first: on a tie the earlier one is used. The first two are the baselines. */
export const PREDICTORS: readonly Predictor[] = [
  meanCurve,
  logParameters,
  sharedLaw,
  linearPerFactor,
  bayesianLinear,
  gaussianProcess,
];
