import type { Examination } from '#common/dataset/dataset.ts';
import { jobKind, readPath } from './jobKind.ts';
import { taken } from './requestFields.ts';

/** Lets the doctor look at a folder or .zip that is in no project yet. */
export const checkDatasetKind = jobKind<Examination>()({
  kind: 'check-dataset',
  fields: taken,
  paths: { path: readPath },
  title: ({ path }) => `Check ${path.split(/[\\/]/).findLast(Boolean) ?? path}`,
  lane: 'quick',
  reads: 'nothing',
  writes: false,
});
