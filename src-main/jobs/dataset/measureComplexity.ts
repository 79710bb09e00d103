import type { RequestOf, ResultOf } from '#contract/jobs/jobKinds.ts';
import type { Project } from '../../project/project.ts';
import { datasetComplexity } from './datasetComplexity.ts';
import type { Job } from '../job.ts';

/** Measures every image of a dataset and averages over the training images. */
export function measureComplexity(
  request: RequestOf<'measure-complexity'>,
  project: Project,
): Job<ResultOf<'measure-complexity'>> {
  return {
    async run(signal, onProgress) {
      const dataset = project.datasets.required(request.dataset);
      const complexity = await datasetComplexity(
        project,
        dataset,
        request.workingSide,
        'all',
        signal,
        onProgress,
      );
      return { dataset: dataset.name, ...complexity };
    },
  };
}
