import type { Migration } from './migration.ts';
import { initialSchema } from './001-initialSchema.ts';
import { jobRequests } from './002-jobRequests.ts';
import { ownResolution } from './005-ownResolution.ts';
import { shippedLibrary } from './006-shippedLibrary.ts';
import { testImages } from './008-testImages.ts';
import { calibratedDatasets } from './004-calibratedDatasets.ts';
import { groupsAndFolds } from './007-groupsAndFolds.ts';
import { datasetReading } from './009-datasetReading.ts';
import { editedImages } from './010-editedImages.ts';
import { datasetFingerprints } from './011-datasetFingerprints.ts';
import { datasetIds } from './003-datasetIds.ts';

/** All steps of the schema, in order. */
export const MIGRATIONS: readonly Migration[] = [
  initialSchema,
  jobRequests,
  datasetIds,
  calibratedDatasets,
  ownResolution,
  shippedLibrary,
  groupsAndFolds,
  testImages,
  datasetReading,
  editedImages,
  datasetFingerprints,
];
