import type { CalibrationRun } from './calibrationRun.ts';
import { canonicalJson } from '../canonicalJson.ts';
import { foldText } from '../dataset/foldText.ts';

/** The fields of a calibration run that say what was computed; the rest says what came out. */
export type RunIdentity = Pick<CalibrationRun, 'datasetFingerprint' | 'network' | 'recipe' | 'seed' | 'fold'>;

/**
 * Text that is equal for two runs exactly when they trained the same network on the same images by the same recipe
 * from the same seed, dealt alike. Sweeps skip, and libraries merge, by this key.
 */
export function runKey(run: RunIdentity): string {
  return canonicalJson([run.datasetFingerprint, run.network, run.recipe, run.seed, foldText(run.fold)]);
}
