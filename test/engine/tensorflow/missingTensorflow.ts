import { addonFolder } from '../../../src-main/engine/tensorflow/addonFolder.ts';
import { readAddonRecord } from '../../../src-main/engine/tensorflow/addonRecord.ts';
import { addonSources } from '../../../src-main/engine/tensorflow/addonSources.ts';

const reasonOf = (attempt: () => unknown): string | null => {
  try {
    attempt();
    return null;
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
};

/** Why the addon cannot be compiled here, or null: npm leaves an optional package out where it may not be installed. */
export const missingPackage = (): string | null => reasonOf(addonSources);

/** Why tests on TensorFlow cannot run here, or null. They use the addon that `ccnet devices setup-cuda` made for this user. */
export const missingTensorflow = (): string | null => reasonOf(() => readAddonRecord(addonFolder()));
