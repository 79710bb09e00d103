import { CcnetError } from '#common/errors.ts';
import type { RequestOf, ResultOf } from '#contract/jobs/jobKinds.ts';
import { openEngine } from '../../engine/openEngine.ts';
import type { Project } from '../../project/project.ts';
import type { Job } from '../job.ts';
import { measuredGoal, trainFullNetwork } from './fullNetwork.ts';
import { requireUnedited } from './requireUnedited.ts';

/** Trains the full network beside a trained one and says whether the goal was met. */
export function verifyGoal(
  request: RequestOf<'verify-goal'>,
  project: Project,
): Job<ResultOf<'verify-goal'>> {
  return {
    async run(signal, onProgress, show) {
      const outcome = project.outcomes.byId(request.outcome);
      const record = outcome?.networkId ? project.networks.byId(outcome.networkId) : undefined;
      const dataset = record?.datasetId ? project.datasets.byId(record.datasetId) : undefined;
      const limits = outcome && project.predictions.byId(outcome.predictionId)?.limits;
      if (!record || !dataset || !limits) {
        throw new CcnetError('outcome-gone', { outcome: request.outcome });
      }
      requireUnedited(project, record, dataset);
      const engine = await openEngine(request.device, { threads: request.threads ?? undefined });
      await trainFullNetwork({ project, dataset, engine, signal, onProgress, show }, record);
      return measuredGoal(project, record, limits);
    },
  };
}
