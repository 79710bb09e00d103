import type { RequestOf, ResultOf } from '#contract/jobs/jobKinds.ts';
import { openEngine } from '../../engine/openEngine.ts';
import type { Project } from '../../project/project.ts';
import type { Job } from '../job.ts';
import { reportDataset } from './reportDataset.ts';
import { requireNoOtherReport } from './reportFile.ts';

/** Writes the HTML report of a dataset's latest outcome or prediction. */
export function writeReport(request: RequestOf<'report'>, project: Project): Job<ResultOf<'report'>> {
  return {
    async run(signal, onProgress) {
      const dataset = project.datasets.required(request.dataset);
      await requireNoOtherReport(request.out, dataset);
      const engine = await openEngine('native');
      return { file: await reportDataset({ project, dataset, engine, signal, onProgress }, [], request.out) };
    },
  };
}
