import { networkWeights } from '#common/network/layerWeights.ts';
import type { NetworkSpec } from '#common/network/network.ts';
import { requireSoundWeights } from '#common/network/soundWeights.ts';
import type { NamedTensor } from '#common/training/training.ts';
import type { Engine } from '../engine/Engine.ts';
import { describeNetwork } from '../network/describeNetwork.ts';
import type { Predictor } from './segmentImage.ts';

/**
 * A stored network ready to segment images on an engine. The caller disposes it.
 * @throws other-weights
 */
export async function createPredictor(
  engine: Engine,
  spec: NetworkSpec,
  weights: readonly NamedTensor[],
): Promise<Predictor & { dispose(): Promise<void> }> {
  const layers = describeNetwork(spec);
  requireSoundWeights(networkWeights(layers), weights);
  const step = await engine.openStep({ layers, weights, loss: { foregroundWeight: 1 }, seed: 0 });
  return {
    predict: (images, size, height, width) => step.predict(images, size, height, width),
    dispose: async () => step.dispose(),
  };
}
