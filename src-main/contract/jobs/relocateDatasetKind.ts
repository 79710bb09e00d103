import { jobKind, readPath } from './jobKind.ts';
import { datasetId } from './requestFields.ts';

export interface RelocateDatasetResult {
  readonly dataset: string;
  /** Absolute paths of the folder or .zip before and now. */
  readonly from: string;
  readonly to: string;
  readonly images: number;
}

/** The files of a stored dataset lie somewhere else now. Only the new place is looked at. */
export const relocateDatasetKind = jobKind<RelocateDatasetResult>()({
  kind: 'relocate-dataset',
  fields: { dataset: datasetId },
  paths: { path: readPath },
  title: ({ dataset }, nameOf) => `Find the files of ${nameOf(dataset)} again`,
  lane: 'quick',
  reads: 'records',
  writes: true,
});
