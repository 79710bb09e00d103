import type { CalibrationRun } from './calibrationRun.ts';

/**
 * Filters of a network's first level: the size by which networks of different bases are compared, since the network of factor 1/8 at base width 16 is
 * that of factor 1/32 at 64. Null for factors that differ from layer to layer, which no single width describes.
 */
export function firstLevelWidth({ network }: Pick<CalibrationRun, 'network'>): number | null {
  return typeof network.factor === 'number' ? network.width * network.factor : null;
}

/**
 * The same run, its network named as a factor of another base width; the factor exceeds 1 where the network is wider than that base.
 * @returns null for a layer-wise factor of another base
 */
export function rebasedRun(run: CalibrationRun, width: number): CalibrationRun | null {
  if (run.network.width === width) return run;
  const own = firstLevelWidth(run);
  return own === null ? null : { ...run, network: { ...run.network, width, factor: own / width } };
}
