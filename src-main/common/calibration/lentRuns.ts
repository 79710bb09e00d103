import type { NetworkFamily } from '../network/network.ts';
import { NETWORK_FAMILIES } from '../network/networkFamilies.ts';
import type { CalibrationRun } from './calibrationRun.ts';
import { selectRuns, type RunSelection } from './selectRuns.ts';

/**
 * Runs of the network that was calibrated on the most datasets besides the asked one, in the same way: what is known of datasets on which the asked
 * one was not trained.
 * @returns null where no other network was trained so
 */
export function lentRuns(
  runs: readonly CalibrationRun[],
  { family, ...selection }: RunSelection,
): { family: NetworkFamily; runs: readonly CalibrationRun[] } | null {
  const datasets = (of: readonly CalibrationRun[]): number =>
    new Set(of.map((run) => run.datasetFingerprint)).size;
  const others = NETWORK_FAMILIES.filter((other) => other !== family).map((other) => ({
    family: other,
    runs: selectRuns(runs, { ...selection, family: other }),
  }));
  const most = others.reduce((a, b) => (datasets(b.runs) > datasets(a.runs) ? b : a));
  return most.runs.length > 0 ? most : null;
}
