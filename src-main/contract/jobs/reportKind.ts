import { jobKind, writtenPath } from './jobKind.ts';
import { datasetName } from './requestFields.ts';

/** The HTML report of a dataset. It measures what it lacks, complexity and latency, and keeps that in the project. */
export const reportKind = jobKind<{ readonly file: string }>()({
  kind: 'report',
  fields: { dataset: datasetName },
  paths: { out: writtenPath },
  title: ({ dataset }) => `Report on ${dataset}`,
  lane: 'quick',
  reads: 'images',
  writes: true,
});
