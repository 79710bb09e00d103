import { type JobKind, needsProject, type RequestOf, type ResultOf } from '#contract/jobs/jobKinds.ts';
import type { Project } from '../project/project.ts';
import { addDataset } from './dataset/addDataset.ts';
import { calibrate } from './calibration/calibrate.ts';
import { checkDataset } from './dataset/checkDataset.ts';
import { compress } from './training/compress.ts';
import { exportNetwork } from './export/exportNetwork.ts';
import { inspectDevices } from './devices/inspectDevices.ts';
import type { Job } from './job.ts';
import { exportLibrary, importLibrary, removeLibrary } from './calibration/libraryJobs.ts';
import { makeDemo } from './demo/makeDemo.ts';
import { measureComplexity } from './dataset/measureComplexity.ts';
import { lookAtTestImages } from './training/lookAtTestImages.ts';
import { predict } from './prediction/predict.ts';
import { requireFreeOutputs } from './outputs.ts';
import { relocateDataset } from './dataset/relocateDataset.ts';
import { previewSegmentation } from './use/previewSegmentation.ts';
import { segment, segmentWithFile } from './use/segment.ts';
import { showExamples } from './training/showExamples.ts';
import { verifyGoal } from './training/verifyGoal.ts';
import { writeReport } from './export/writeReport.ts';

type Factory<Kind extends JobKind> = (request: RequestOf<Kind>, project: Project) => Job<ResultOf<Kind>>;

const FACTORIES: { readonly [Kind in JobKind]: Factory<Kind> } = {
  'check-dataset': (request) => checkDataset(request),
  'add-dataset': addDataset,
  'relocate-dataset': relocateDataset,
  'measure-complexity': measureComplexity,
  calibrate,
  predict,
  compress,
  'verify-goal': verifyGoal,
  export: exportNetwork,
  segment,
  'segment-with-file': segmentWithFile,
  'preview-segmentation': previewSegmentation,
  examples: showExamples,
  'test-images': lookAtTestImages,
  report: writeReport,
  'export-library': exportLibrary,
  'import-library': importLibrary,
  'remove-library': removeLibrary,
  'inspect-devices': (request) => inspectDevices(request),
  'make-demo': makeDemo,
};

/**
 * Makes the job of a request.
 * @param project open for writing; may be null for jobs that need none
 */
export function createJob<Kind extends JobKind>(
  request: RequestOf<Kind> & { readonly kind: Kind },
  project: Project | null,
): Job<ResultOf<Kind>> {
  if (!project && needsProject(request.kind)) throw new Error(`The job ${request.kind} needs a project.`);
  // The table's type ties each kind to its own factory; TypeScript cannot follow that through a generic index.
  const factory: Factory<Kind> = FACTORIES[request.kind];
  const job = factory(request, project as Project);
  return {
    async run(...told) {
      await requireFreeOutputs(request, project);
      return job.run(...told);
    },
  };
}
