import { tensor, tidy } from '@tensorflow/tfjs-core';
import { initializers, type LayersModel } from '@tensorflow/tfjs-layers';
import type { NetworkSpec } from '#common/network/network.ts';
import type { NamedTensor } from '#common/training/training.ts';
import { assembleNetwork } from './assembleNetwork.ts';
import { bilinearKernel } from './bilinearKernel.ts';
import { describeNetwork } from './describeNetwork.ts';
import { layerSeed } from './layerSeed.ts';
import { setModelWeights } from './modelWeights.ts';

/**
 * Builds a network with freshly drawn weights on TensorFlow.js's current backend: input
 * [N, height, width, channels] of standardised intensities, output [N, height, width, classes] logits. He-normal
 * kernels, each layer from its own seed; zero biases. The caller disposes the model.
 * @param seed whole number; equal seeds give equal weights
 * @throws UsageError when a per-layer factor has not one entry per convolution.
 */
export function buildNetwork(spec: NetworkSpec, seed: number): LayersModel {
  const model = assembleNetwork(spec, seed, (index) =>
    initializers.heNormal({ seed: layerSeed(seed, index) }),
  );
  for (const layer of describeNetwork(spec)) {
    if (layer.kind === 'transposed' && layer.initial === 'bilinear') setBilinear(model, layer.name);
  }
  return model;
}

/**
 * Builds a network with weights that were stored, drawing none (which takes seconds for 31 million).
 * @param seed of the dropout masks, for a network that is trained on
 * @throws Error when the weights are another network's.
 */
export function restoreNetwork(spec: NetworkSpec, weights: readonly NamedTensor[], seed = 0): LayersModel {
  const model = assembleNetwork(spec, seed, () => initializers.zeros());
  setModelWeights(model, weights);
  return model;
}

function setBilinear(model: LayersModel, name: string): void {
  const layer = model.getLayer(name);
  tidy(() => {
    const [kernel, bias] = layer.getWeights();
    if (!kernel || !bias) throw new Error(`${name} has no kernel and bias.`);
    const [side = 0, , channels = 0] = kernel.shape;
    layer.setWeights([tensor(bilinearKernel(side, channels), kernel.shape), bias]);
  });
}
