import type { initializers, LayersModel } from '@tensorflow/tfjs-layers';
import type { NetworkSpec } from '#common/network/network.ts';
import { assembleLayers } from './assembleLayers.ts';
import { describeNetwork } from './describeNetwork.ts';

/**
 * Makes the LayersModel of a network from its layer table.
 * @param seed of the dropout masks
 * @param kernelInitializer draws the kernel of the layer with this index in the table
 * @throws UsageError when a per-layer factor has not one entry per convolution.
 */
export function assembleNetwork(
  spec: NetworkSpec,
  seed: number,
  kernelInitializer: (layerIndex: number) => ReturnType<typeof initializers.zeros>,
): LayersModel {
  return assembleLayers(spec.family, describeNetwork(spec), seed, kernelInitializer);
}
