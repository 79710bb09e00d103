import { CcnetError } from '#common/errors.ts';
import type { RequestOf, ResultOf } from '#contract/jobs/jobKinds.ts';
import { openEngine } from '../../engine/openEngine.ts';
import type { Project } from '../../project/project.ts';
import type { Job } from '../job.ts';
import { reportExamples } from '../export/reportExamples.ts';

/** Segments the best, median and worst test image of a trained network again and draws what it found. */
export function showExamples(request: RequestOf<'examples'>, project: Project): Job<ResultOf<'examples'>> {
  return {
    async run(signal) {
      const record = project.networks.byId(request.network);
      const dataset = record?.datasetId ? project.datasets.byId(record.datasetId) : undefined;
      if (!record || !dataset) {
        throw new CcnetError('network-or-dataset-gone', { network: request.network });
      }
      const engine = await openEngine('native');
      const examples = await reportExamples(project, engine, dataset, record, signal);
      return examples.map(({ label, name, dice, overlayPng }) => ({
        label,
        name,
        dice,
        overlay: `data:image/png;base64,${Buffer.from(overlayPng).toString('base64')}`,
      }));
    },
  };
}
