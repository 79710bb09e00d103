import { CcnetError } from '#common/errors.ts';
import type { DatasetRecord } from '../../project/records/datasets.ts';
import type { Project } from '../../project/project.ts';
import type { TrainedNetworkRecord } from '../../project/records/trainedNetworks.ts';

/**
 * Makes sure that a dataset counts and deals the images that a network was trained and tested on: else its test images may be among those that it
 * learnt from.
 * @throws dataset-edited
 */
export function requireUnedited(
  project: Project,
  { id, runId }: Pick<TrainedNetworkRecord, 'id' | 'runId'>,
  { name, fingerprint }: Pick<DatasetRecord, 'name' | 'fingerprint'>,
): void {
  const trained = runId === null ? undefined : project.runs.byId(runId)?.run;
  if (trained && trained.datasetFingerprint !== fingerprint)
    throw new CcnetError('dataset-edited', { dataset: name, network: id });
}
