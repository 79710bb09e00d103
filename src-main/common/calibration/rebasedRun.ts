import type { CalibrationRun } from './calibrationRun.ts';

/**
 * Filters of a network's first level: the size by which networks of different bases are compared, since the network of factor 1/8 at base width 16 is
 * that of factor 1/32 at 64.
 */
export function firstLevelWidth({ network }: Pick<CalibrationRun, 'network'>): number {
  return network.width * network.factor;
}

/** The same run, its network named as a factor of another base width; the factor exceeds 1 where the network is wider than that base. */
export function rebasedRun(run: CalibrationRun, width: number): CalibrationRun {
  if (run.network.width === width) return run;
  return { ...run, network: { ...run.network, width, factor: firstLevelWidth(run) / width } };
}
