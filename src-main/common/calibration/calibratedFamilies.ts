import { counted } from '../format.ts';
import { NETWORK_FAMILIES, type NetworkFamily } from '../network/networkFamilies.ts';
import type { CalibrationRun } from './calibrationRun.ts';
import { firstLevelWidth } from './rebasedRun.ts';
import { isSound } from './selectRuns.ts';

/** What predictions for one family of networks can rest on. */
export interface CalibratedFamily {
  readonly family: NetworkFamily;
  /** Other datasets on which it was calibrated. */
  readonly datasets: number;
  /** Filters of the first level of the narrowest and widest network; null without any. */
  readonly narrowest: number | null;
  readonly widest: number | null;
}

/**
 * Every family, in its usual order, also those of which nothing was calibrated.
 * @param except fingerprint of the dataset that is asked about, whose own runs are probes
 */
export function calibratedFamilies(runs: readonly CalibrationRun[], except?: string): CalibratedFamily[] {
  return NETWORK_FAMILIES.map((family) => {
    const own = runs.filter(
      (run) => run.network.family === family && run.datasetFingerprint !== except && isSound(run),
    );
    const widths = own.map((run) => firstLevelWidth(run));
    return {
      family,
      datasets: new Set(own.map((run) => run.datasetFingerprint)).size,
      narrowest: widths.length > 0 ? Math.min(...widths) : null,
      widest: widths.length > 0 ? Math.max(...widths) : null,
    };
  });
}

/** In two or three words, beside the name of a family. */
export function calibrationWords({ datasets }: CalibratedFamily): string {
  return datasets === 0 ? 'nothing calibrated' : `calibrated on ${counted(datasets, 'dataset')}`;
}
