/**
 * How accuracy depends on the width w of a network's first level, as a sum of terms:
 * - saturating: 1, 1/w, 1/w². It levels off as networks get wider, as measured curves do, so a size wider than any calibrated
 *   one is extrapolated towards that level and not beyond.
 * - logarithmic: 1, log2 w. A straight line over the logarithm of the size, for comparison.
 */
export type CurveForm = 'saturating' | 'logarithmic';

/** The terms at one width, the constant first. @param width filters of the first level, above 0 */
export function curveTerms(form: CurveForm, width: number): number[] {
  return form === 'saturating' ? [1, 1 / width, 1 / width ** 2] : [1, Math.log2(width)];
}

/**
 * Variances of the coefficients between datasets that the same measures would describe, believed before any is seen: of the
 * size of those in the study of 51 datasets (docs/prediction.md).
 */
export function believedVariances(form: CurveForm): number[] {
  return form === 'saturating' ? [0.0225, 0.0625, 0.04] : [0.0225, 0.0025];
}
