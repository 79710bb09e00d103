import { networkWeights } from '#common/network/layerWeights.ts';
import { matchWeights } from '#common/network/matchWeights.ts';
import type { NamedTensor } from '#common/training/training.ts';
import { describeNetwork } from '../../network/describeNetwork.ts';
import type { Project } from '../../project/project.ts';
import type { TrainedNetworkRecord } from '../../project/records/trainedNetworks.ts';

/** The weights of a stored network, which are those that it has. A project may come from a stranger. @throws other-weights, project-damaged */
export function storedWeights(
  project: Project,
  { id, network }: Pick<TrainedNetworkRecord, 'id' | 'network'>,
): NamedTensor[] {
  const weights = project.networks.weights(id);
  matchWeights(networkWeights(describeNetwork(network)), weights);
  return weights;
}
