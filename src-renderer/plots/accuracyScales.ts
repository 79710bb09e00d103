import { scaleLinear, scaleLog } from 'd3-scale';
import type { AccuracyData } from './accuracySeries.ts';
import type { Margins } from './mark.ts';

/** Shares above this are drawn at the edge: one dataset whose full network failed must not flatten all other curves. */
const HIGHEST = 1.3;

/** Scales of accuracy over size that hold the prediction, its interval and all curves; accuracy never starts above 0.8. */
export function accuracyScales(
  { predicted, others, own }: Pick<AccuracyData, 'predicted' | 'others' | 'own'>,
  { width, height, margins }: { readonly width: number; readonly height: number; readonly margins: Margins },
) {
  const points = [...predicted, ...own, ...others.flatMap((curve) => curve.points)];
  const sizes = points.map((point) => point.parameters);
  const values = [
    ...points.map((point) => point.value),
    ...predicted.flatMap(({ low, high }) => [low, high]),
  ];
  const floor = Math.floor(10 * Math.min(0.8, ...values)) / 10;
  const top = Math.ceil(20 * Math.min(HIGHEST, Math.max(1, ...values))) / 20;
  return {
    x: scaleLog(
      [Math.min(...sizes) / 1.25, Math.max(...sizes) * 1.25],
      [margins.left, Math.max(margins.left + 1, width - margins.right)],
    ),
    y: scaleLinear([Math.max(0, floor), top], [height - margins.bottom, margins.top]).clamp(true),
  };
}
