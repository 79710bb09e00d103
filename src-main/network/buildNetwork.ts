import { tensor, tidy } from '@tensorflow/tfjs-core';
import {
  initializers,
  input,
  layers,
  model as layersModel,
  type LayersModel,
  type SymbolicTensor,
} from '@tensorflow/tfjs-layers';
import type { NetworkSpec } from '../contract/network.ts';
import { bilinearKernel } from './bilinearKernel.ts';
import { describeNetwork } from './describeNetwork.ts';
import type { LayerDescription } from './layerDescription.ts';
import { SeededDropout } from './seededDropout.ts';

/** Weight of the past in batch norm's moving averages. */
const NORM_MOMENTUM = 0.9;
const NORM_EPSILON = 1e-3;

/**
 * Builds a network with freshly drawn weights on TensorFlow.js's current backend: input
 * [N, height, width, channels] of standardised intensities, output [N, height, width, classes] logits. He-normal
 * kernels, each layer from its own seed; zero biases. The caller disposes the model.
 * @param seed whole number; equal seeds give equal weights
 * @throws UsageError when a per-layer factor has not one entry per convolution.
 */
export function buildNetwork(spec: NetworkSpec, seed: number): LayersModel {
  const descriptions = describeNetwork(spec);
  const tensors = new Map<string, SymbolicTensor>();
  for (const [index, layer] of descriptions.entries()) {
    const inputs = layer.inputs.map((name) => known(tensors, name));
    tensors.set(layer.name, applyLayer(layer, inputs, layerSeed(seed, index)));
  }
  const first = descriptions[0];
  const last = descriptions.at(-1);
  if (!first || !last) throw new Error('A network has layers.');
  const model = layersModel({
    inputs: known(tensors, first.name),
    outputs: known(tensors, last.name),
    name: spec.family,
  });
  for (const layer of descriptions) {
    if (layer.kind === 'transposed' && layer.initial === 'bilinear') setBilinear(model, layer.name);
  }
  return model;
}

function applyLayer(layer: LayerDescription, inputs: SymbolicTensor[], seed: number): SymbolicTensor {
  const { name } = layer;
  const convolution = () => ({
    name,
    filters: layer.channels,
    padding: 'same' as const,
    useBias: true,
    kernelInitializer: initializers.heNormal({ seed }),
  });
  const apply = (made: layers.Layer) => made.apply(inputs) as SymbolicTensor;
  switch (layer.kind) {
    case 'input':
      return input({ name, shape: [null, null, layer.channels] });
    case 'convolution':
      return apply(layers.conv2d({ ...convolution(), kernelSize: layer.kernel }));
    case 'transposed':
      return apply(
        layers.conv2dTranspose({ ...convolution(), kernelSize: layer.kernel, strides: layer.stride }),
      );
    case 'batchNorm':
      return apply(layers.batchNormalization({ name, momentum: NORM_MOMENTUM, epsilon: NORM_EPSILON }));
    case 'relu':
      return apply(layers.activation({ name, activation: 'relu' }));
    case 'maxPool':
      return apply(layers.maxPooling2d({ name, poolSize: 2, strides: 2 }));
    case 'dropout':
      return apply(new SeededDropout(name, layer.rate, seed));
    case 'concat':
      return apply(layers.concatenate({ name, axis: -1 }));
    case 'add':
      return apply(layers.add({ name }));
  }
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

function known(tensors: ReadonlyMap<string, SymbolicTensor>, name: string): SymbolicTensor {
  const found = tensors.get(name);
  if (!found) throw new Error(`Layer ${name} is read before it is described.`);
  return found;
}

/** Spreads (seed, layer) over 31 bits, so that neighbouring seeds and layers have nothing in common. */
function layerSeed(seed: number, index: number): number {
  let hash = Math.imul(seed ^ 0x9e3779b9, 0x85ebca6b) + Math.imul(index + 1, 0xc2b2ae35);
  hash = Math.imul(hash ^ (hash >>> 15), 0x2c1b3c6d);
  hash = Math.imul(hash ^ (hash >>> 13), 0x297a2d39);
  return (hash ^ (hash >>> 16)) & 0x7fffffff;
}
