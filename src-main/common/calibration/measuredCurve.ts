import { canonicalJson } from '../canonicalJson.ts';
import type { NetworkFamily } from '../network/network.ts';
import { clipToUnit } from '../statistics/clipToUnit.ts';
import { mean } from '../statistics/mean.ts';
import type { CalibrationRun } from './calibrationRun.ts';
import { isSound } from './selectRuns.ts';
import { withoutFoldEffects } from './withoutFoldEffects.ts';

/** Mean Dice of one network size on one dataset, over its seeds and folds. */
export interface CurvePoint {
  readonly alpha: number;
  readonly parameters: number;
  readonly dice: number;
  readonly seeds: number;
}

/** The measured accuracy of one dataset over network size: one base network, one training recipe. */
export interface MeasuredCurve {
  readonly fingerprint: string;
  readonly dataset: string;
  readonly family: NetworkFamily;
  /** Base width at factor 1. */
  readonly width: number;
  /** The smallest network first. */
  readonly points: readonly CurvePoint[];
}

/**
 * Mean of `dice` over the seeds and folds of every size, as if all folds were equally hard, the smallest first. Networks that have not learnt and runs
 * that the user excluded are left out.
 * @param runs of one dataset, base network and recipe
 */
export function measuredCurve(
  runs: readonly CalibrationRun[],
  dice: (run: CalibrationRun) => number = (run) => run.testDice,
): CurvePoint[] {
  const sound = runs.filter(isSound);
  const levelled = withoutFoldEffects(sound, ({ network }) => String(network.factor), dice);
  const placed = sound.map((run, i) => ({ alpha: run.network.factor, run, dice: levelled[i] ?? NaN }));
  return [...Map.groupBy(placed, ({ alpha }) => alpha)]
    .map(([alpha, same]) => ({
      alpha,
      parameters: same[0]?.run.parameters ?? 0,
      dice: clipToUnit(mean(same.map((one) => one.dice))),
      seeds: same.length,
    }))
    .sort((a, b) => a.parameters - b.parameters);
}

/** One curve for every dataset, base network and training recipe among the runs, so that none mixes what cannot be compared. */
export function measuredCurves(runs: readonly CalibrationRun[]): MeasuredCurve[] {
  const alike = Map.groupBy(runs, ({ datasetFingerprint, network, recipe }) =>
    canonicalJson([datasetFingerprint, network.family, network.width, recipe]),
  );
  return [...alike.values()].flatMap((same) => {
    const [first] = same;
    const points = measuredCurve(same);
    if (!first || points.length === 0) return [];
    const { datasetFingerprint: fingerprint, datasetName: dataset, network } = first;
    return [{ fingerprint, dataset, family: network.family, width: network.width, points }];
  });
}

/** Dice of the full network, by which a curve's values become shares of full accuracy; null where it was not measured or is 0. */
export function fullDice(points: readonly Pick<CurvePoint, 'alpha' | 'dice'>[]): number | null {
  const full = points.find((point) => point.alpha === 1)?.dice ?? 0;
  return full > 0 ? full : null;
}
