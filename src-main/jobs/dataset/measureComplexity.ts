import type { RequestOf } from '#contract/jobRequest.ts';
import type { ResultOf } from '#contract/jobResult.ts';
import { jobTitle } from '#contract/jobTitle.ts';
import type { Project } from '../../project/project.ts';
import { datasetComplexity } from './datasetComplexity.ts';
import type { Job } from '../job.ts';

/** Measures every image of a dataset and averages over the training images. */
export function measureComplexity(
  request: RequestOf<'measure-complexity'>,
  project: Project,
): Job<ResultOf<'measure-complexity'>> {
  return {
    kind: request.kind,
    title: jobTitle(request),
    async run(signal, onProgress) {
      const dataset = project.datasets.named(request.dataset);
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
