import type { DatasetCurve } from '../curves/datasetCurve.ts';
import type { Features } from './measureScale.ts';

/** Fewest datasets with segmentability for which the others are left out. */
const FEWEST = 8;

/**
 * Datasets calibrated before segmentability was measured cannot be compared by it. They are left out when enough others, and at least as many,
 * have it; otherwise all stay, and segmentability is not used.
 *
 * @returns what the prediction rests on, and how many datasets were left out
 */
export function comparableCurves(
  curves: readonly DatasetCurve[],
  target: Features,
): { curves: readonly DatasetCurve[]; leftOut: number } {
  const measured = curves.filter(({ features }) => features.segmentability !== undefined);
  const enough = measured.length >= FEWEST && 2 * measured.length >= curves.length;
  if (target.segmentability === undefined || !enough) return { curves, leftOut: 0 };
  return { curves: measured, leftOut: curves.length - measured.length };
}
