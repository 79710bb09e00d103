import type { Finding, Split } from '#common/dataset/dataset.ts';
import { jobKind, readPath } from './jobKind.ts';
import { datasetName, splitModeSchema, taken } from './requestFields.ts';

export interface AddDatasetResult {
  readonly id: number;
  readonly name: string;
  readonly images: Readonly<Record<Split, number>>;
  readonly convention: string;
  readonly findings: readonly Finding[];
}

export const addDatasetKind = jobKind<AddDatasetResult>()({
  kind: 'add-dataset',
  fields: { ...taken, name: datasetName, splitMode: splitModeSchema },
  paths: { path: readPath },
  title: ({ name }) => `Add dataset ${name}`,
  lane: 'quick',
  reads: 'nothing',
  writes: true,
});
