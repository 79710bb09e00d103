import { z } from 'zod';
import { groupedByFolder, groupedByLikeness, groupedByName } from '#common/dataset/grouping.ts';
import type { Finding, Split } from '#common/dataset/dataset.ts';
import { jobKind, optionalReadPath, readPath } from './jobKind.ts';
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
  fields: {
    ...taken,
    name: datasetName,
    splitMode: splitModeSchema,
    /** Which images belong together, by their names, folders or likeness; each for itself if absent, unless there is a table. */
    groups: z.discriminatedUnion('by', [groupedByName, groupedByFolder, groupedByLikeness]).optional(),
  },
  paths: { path: readPath, groupTable: optionalReadPath },
  title: ({ name }) => `Add dataset ${name}`,
  lane: 'quick',
  reads: 'nothing',
  writes: true,
});
