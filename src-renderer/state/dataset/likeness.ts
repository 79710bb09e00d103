import { counted } from '#common/format.ts';

/**
 * How alike two datasets are to the prediction, which goes above all by segmentability: by how many calibrated datasets lie between them.
 * @param a segmentability in [0, 1], null where it was not measured; `b` alike
 * @param calibrated segmentability of the calibrated datasets
 */
export function likenessWords(a: number | null, b: number | null, calibrated: readonly number[]): string {
  if (a === null || b === null) return 'Measure both datasets to see how alike they are to the prediction.';
  const [low, high] = [Math.min(a, b), Math.max(a, b)];
  const between = calibrated.filter((value) => value > low && value < high).length;
  const apart = `They lie ${(high - low).toFixed(2)} apart`;
  if (calibrated.length === 0)
    return `${apart}. Without a calibrated dataset nothing says whether that is much.`;
  const all = counted(calibrated.length, 'calibrated dataset');
  if (between === 0)
    return `${apart}, and none of ${all} lies between them: to the prediction they are alike.`;
  return `${apart}, and ${between} of ${all} ${between === 1 ? 'lies' : 'lie'} between them${
    between * 3 >= calibrated.length ? ': to the prediction they differ much' : ''
  }.`;
}
