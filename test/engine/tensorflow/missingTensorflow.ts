import { addonFolder } from '../../../src-main/engine/tensorflow/addonFolder.ts';
import { readAddonRecord } from '../../../src-main/engine/tensorflow/addonRecord.ts';

/** Why tests on TensorFlow cannot run here, or null. They use the addon that `ccnet devices setup-cuda` made for this user. */
export function missingTensorflow(): string | null {
  try {
    readAddonRecord(addonFolder());
    return null;
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}
