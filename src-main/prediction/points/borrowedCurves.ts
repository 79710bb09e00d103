import { groupBy } from '../algebra/groupBy.ts';
import { clipToUnit } from '#common/statistics/clipToUnit.ts';
import type { DatasetCurve, MeasuredSize } from '../curves/datasetCurve.ts';

/** Curves of another network, from which those of the asked one are estimated on datasets where it was never trained. */
export interface Lender {
  /** In plain words. */
  readonly network: string;
  readonly curves: readonly DatasetCurve[];
}

/** Fewest datasets on which both networks were trained at a size. */
export const FEWEST_SHARED = 3;
/** Datasets' worth of belief that both networks are equally good. */
const BELIEF = 2;

/**
 * What the asked network would have reached on datasets on which only another was trained: that one's accuracy, moved at each size by what both differ in
 * on the datasets that they share. How hard a dataset is matters far more than which of the networks is trained on it.
 *
 * @param own curves of the asked network
 * @returns curves on the other datasets, at the sizes that are shared by three datasets at least; none where fewer are shared
 */
export function borrowedCurves(own: readonly DatasetCurve[], lent: readonly DatasetCurve[]): DatasetCurve[] {
  const owned = new Map(own.map((curve) => [curve.dataset, curve]));
  const pairs = lent.flatMap(({ dataset, sizes }) =>
    sizes.flatMap(({ width, dice }) => {
      const same = owned.get(dataset)?.sizes.find((size) => size.width === width);
      return same ? [{ width, difference: same.dice - dice }] : [];
    }),
  );
  const moves = new Map(
    [...groupBy(pairs, ({ width }) => String(width)).values()]
      .filter(({ length }) => length >= FEWEST_SHARED)
      .map((same) => [
        same[0].width,
        same.reduce((sum, { difference }) => sum + difference, 0) / (same.length + BELIEF),
      ]),
  );
  const moved = (size: MeasuredSize): MeasuredSize[] => {
    const by = moves.get(size.width);
    if (by === undefined) return [];
    const move = (dice: number): number => clipToUnit(dice + by);
    return [{ ...size, dice: move(size.dice), validation: move(size.validation), each: size.each.map(move) }];
  };
  return lent
    .filter(({ dataset }) => !owned.has(dataset))
    .map((curve) => ({ ...curve, sizes: curve.sizes.flatMap(moved) }))
    .filter(({ sizes }) => sizes.length > 0);
}
