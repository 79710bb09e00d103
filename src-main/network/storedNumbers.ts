import type { NetworkSpec } from '#common/network/network.ts';
import { describeNetwork } from './describeNetwork.ts';
import { movingWeights, trainableWeights } from '#common/network/layerWeights.ts';

/** Numbers that a file of the trained network holds: trainable parameters and the moving statistics of batch norm. */
export function storedNumbers(spec: NetworkSpec): number {
  return describeNetwork(spec).reduce(
    (sum, layer) => sum + trainableWeights(layer) + movingWeights(layer),
    0,
  );
}
