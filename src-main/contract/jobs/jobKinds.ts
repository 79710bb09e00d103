import { z } from 'zod';
import { addDatasetKind } from './addDatasetKind.ts';
import { calibrateKind } from './calibrateKind.ts';
import { checkDatasetKind } from './checkDatasetKind.ts';
import { compressKind } from './compressKind.ts';
import { examplesKind } from './examplesKind.ts';
import { exportKind } from './exportKind.ts';
import { exportLibraryKind } from './exportLibraryKind.ts';
import { importLibraryKind } from './importLibraryKind.ts';
import { inspectDevicesKind } from './inspectDevicesKind.ts';
import type { JobDescriptor } from './jobKind.ts';
import { makeDemoKind } from './makeDemoKind.ts';
import { measureComplexityKind } from './measureComplexityKind.ts';
import { predictKind } from './predictKind.ts';
import { relocateDatasetKind } from './relocateDatasetKind.ts';
import { removeLibraryKind } from './removeLibraryKind.ts';
import { reportKind } from './reportKind.ts';
import { previewSegmentationKind, segmentKind, segmentWithFileKind } from './segmentKind.ts';
import { testImagesKind } from './testImagesKind.ts';
import { verifyGoalKind } from './verifyGoalKind.ts';

/** Every kind of job. What else depends on the kind is asked of its descriptor, or is a table that must have an entry for each. */
const JOB_KINDS = {
  [checkDatasetKind.kind]: checkDatasetKind,
  [addDatasetKind.kind]: addDatasetKind,
  [relocateDatasetKind.kind]: relocateDatasetKind,
  [measureComplexityKind.kind]: measureComplexityKind,
  [calibrateKind.kind]: calibrateKind,
  [predictKind.kind]: predictKind,
  [compressKind.kind]: compressKind,
  [verifyGoalKind.kind]: verifyGoalKind,
  [exportKind.kind]: exportKind,
  [segmentKind.kind]: segmentKind,
  [segmentWithFileKind.kind]: segmentWithFileKind,
  [previewSegmentationKind.kind]: previewSegmentationKind,
  [examplesKind.kind]: examplesKind,
  [testImagesKind.kind]: testImagesKind,
  [reportKind.kind]: reportKind,
  [exportLibraryKind.kind]: exportLibraryKind,
  [importLibraryKind.kind]: importLibraryKind,
  [removeLibraryKind.kind]: removeLibraryKind,
  [inspectDevicesKind.kind]: inspectDevicesKind,
  [makeDemoKind.kind]: makeDemoKind,
};

type JobKinds = typeof JOB_KINDS;
export type JobKind = keyof JobKinds;
export type RequestOf<Kind extends JobKind> = z.output<JobKinds[Kind]['request']>;
export type ResultOf<Kind extends JobKind> = NonNullable<JobKinds[Kind]['result']>;
export type JobRequest = RequestOf<JobKind>;
export type JobResult = ResultOf<JobKind>;

type RequestSchema = JobKinds[JobKind]['request'];
const schemas = Object.values(JOB_KINDS).map(({ request }) => request) as [RequestSchema, ...RequestSchema[]];

/** Everything that a long piece of work needs to know, as plain data. */
export const jobRequestSchema = z.discriminatedUnion('kind', schemas);

const DESCRIPTORS: { readonly [Kind in JobKind]: JobDescriptor<RequestOf<Kind>> } = JOB_KINDS;

/** What is declared about a kind of job. */
export function jobKindOf<Kind extends JobKind>(kind: Kind): JobDescriptor<RequestOf<Kind>> {
  return DESCRIPTORS[kind];
}

/** Whether a job of this kind reads or writes a project. */
export function needsProject(kind: JobKind): boolean {
  const { reads, writes } = jobKindOf(kind);
  return writes || reads !== 'nothing';
}

/** Whether a word, such as one stored by another version, names a kind of job. */
export function isJobKind(word: string): word is JobKind {
  return Object.hasOwn(JOB_KINDS, word);
}
