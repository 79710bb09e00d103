import { CcnetError } from '#common/errors.ts';
import type { Project } from '../../project/project.ts';
import type { UsableNetwork } from '../../use/readNetworkFile.ts';
import { networkCard } from '../export/networkCard.ts';

/** A trained network of a project with all that is needed to use it. @throws unknown-network, network-or-dataset-gone */
export async function usableNetwork(
  project: Project,
  network: number,
  signal: AbortSignal,
): Promise<UsableNetwork> {
  const record = project.networks.byId(network);
  if (!record) {
    throw new CcnetError('unknown-network', { network, known: project.networks.list().map(({ id }) => id) });
  }
  const dataset = record.datasetId === null ? undefined : project.datasets.byId(record.datasetId);
  if (!dataset) throw new CcnetError('network-or-dataset-gone', { network });
  const weights = project.networks.weights(network);
  return { card: await networkCard(project, dataset, record, weights, signal), weights };
}
