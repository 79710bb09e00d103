import { jobKind, writtenPath } from './jobKind.ts';
import { datasetId } from './requestFields.ts';

/** The HTML report of a dataset. It measures what it lacks, complexity and latency, and keeps that in the project. */
export const reportKind = jobKind<{ readonly file: string }>()({
  kind: 'report',
  fields: { dataset: datasetId },
  paths: { out: writtenPath },
  title: ({ dataset }, nameOf) => `Report on ${nameOf(dataset)}`,
  lane: 'quick',
  reads: 'images',
  writes: true,
});
