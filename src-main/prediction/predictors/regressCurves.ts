import type { CalibrationPoint } from '../points/calibrationPoints.ts';
import { decomposeCurves } from './curveDecomposition.ts';
import { fitKernelRegression, type Kernel } from './kernelRegression.ts';
import type { FittedPredictor } from './predictor.ts';

/** Standard deviations between datasets in method.md's pilot, in Dice: of the level, and of the drop at the narrowest network. */
const TYPICAL_LEVEL = 0.08;
const TYPICAL_TILT = 0.05;

/**
 * Belief that complexity says nothing: even for the level, which depends on the task more than on the image, and less for the
 * drop, whose dependence on complexity is what the papers report (method.md, section 1).
 */
const NOTHING_ABOUT_LEVEL = 0.5;
const NOTHING_ABOUT_TILT = 0.3;

/** Mean curve, plus level and tilt of an unseen dataset as its complexity suggests; the two are explained separately. */
export function regressCurves(
  points: readonly CalibrationPoint[],
  kernels: readonly Kernel[],
): FittedPredictor {
  const { meanAt, shapeAt, curves } = decomposeCurves(points);
  const levelOf = fitKernelRegression(
    curves,
    (curve) => curve.level,
    TYPICAL_LEVEL,
    NOTHING_ABOUT_LEVEL,
    kernels,
  );
  const tiltOf = fitKernelRegression(
    curves,
    (curve) => curve.tilt,
    TYPICAL_TILT,
    NOTHING_ABOUT_TILT,
    kernels,
  );
  return {
    predict(features, sizes) {
      const level = levelOf(features);
      const tilt = tiltOf(features);
      return sizes.map(({ log2Alpha }) => meanAt(log2Alpha) + level - tilt * shapeAt(log2Alpha));
    },
  };
}
