import { scaleLinear, scaleLog } from 'd3-scale';
import type { Candidate } from '../../src-main/contract/prediction.ts';
import type { MeasuredCurve } from '../state/calibrationCurves.ts';
import type { Margins } from './mark.ts';

/** Scales of accuracy over size that hold the prediction, its interval and all curves; accuracy never starts above 0.8. */
export function accuracyScales(
  candidates: readonly Candidate[],
  curves: readonly MeasuredCurve[],
  { width, height, margins }: { readonly width: number; readonly height: number; readonly margins: Margins },
) {
  const points = curves.flatMap((curve) => curve.points);
  const sizes = [...candidates, ...points].map((point) => point.parameters);
  const values = [...candidates.map((one) => one.low), ...points.map((point) => point.dice)];
  const least = Math.min(0.8, ...values);
  const floor = Math.max(0, Math.floor(least * 10) / 10);
  return {
    x: scaleLog(
      [Math.min(...sizes) / 1.25, Math.max(...sizes) * 1.25],
      [margins.left, Math.max(margins.left + 1, width - margins.right)],
    ),
    y: scaleLinear([floor, 1], [height - margins.bottom, margins.top]),
  };
}
