import {
  input,
  layers as kerasLayers,
  model as buildModel,
  type LayersModel,
  type SymbolicTensor,
} from '@tensorflow/tfjs-layers';
import type { LayerDescription } from '#common/network/layerDescription.ts';
import type { NamedTensor } from '#common/training/training.ts';
import { layerSeed } from '#common/network/layerSeed.ts';
import { modelVariables, writeVariables } from './modelVariables.ts';
import { SeededDropout } from './seededDropout.ts';

export interface LayersModelOptions {
  readonly name: string;
  /** Of the dropout masks; the layers' own seeds follow from it. */
  readonly seed?: number;
}

/**
 * Makes TensorFlow.js's model of a layer table on the backend in use: input [N, height, width, channels] of standardised
 * intensities, output what the last layer gives. The caller disposes it.
 * @throws other-weights
 */
export function layersModel(
  layers: readonly LayerDescription[],
  weights: readonly NamedTensor[],
  { name, seed = 0 }: LayersModelOptions,
): LayersModel {
  const tensors = new Map<string, SymbolicTensor>();
  for (const [index, layer] of layers.entries()) {
    const inputs = layer.inputs.map((source) => known(tensors, source));
    tensors.set(
      layer.name,
      layer.kind === 'input'
        ? input({ name: layer.name, shape: [null, null, layer.channels] })
        : (kerasLayer(layer, layerSeed(seed, index)).apply(inputs) as SymbolicTensor),
    );
  }
  const [first, last] = [layers[0], layers.at(-1)];
  if (!first || !last) throw new Error('A network has layers.');
  const model = buildModel({ inputs: known(tensors, first.name), outputs: known(tensors, last.name), name });
  try {
    writeVariables(modelVariables(layers, model), weights);
    return model;
  } catch (error) {
    model.dispose();
    throw error;
  }
}

function kerasLayer(layer: LayerDescription, seed: number): kerasLayers.Layer {
  const { name } = layer;
  const convolution = {
    name,
    filters: layer.channels,
    padding: 'same' as const,
    useBias: true,
    // The weights are written afterwards: drawing some would take seconds for 31 million.
    kernelInitializer: 'zeros' as const,
  };
  switch (layer.kind) {
    case 'convolution':
      return kerasLayers.conv2d({ ...convolution, kernelSize: layer.kernel });
    case 'transposed':
      return kerasLayers.conv2dTranspose({ ...convolution, kernelSize: layer.kernel, strides: layer.stride });
    case 'batchNorm':
      return kerasLayers.batchNormalization({ name, momentum: layer.momentum, epsilon: layer.epsilon });
    case 'relu':
      return kerasLayers.activation({ name, activation: 'relu' });
    case 'maxPool':
      return kerasLayers.maxPooling2d({ name, poolSize: 2, strides: 2 });
    case 'dropout':
      return new SeededDropout(name, layer.rate, seed);
    case 'concat':
      return kerasLayers.concatenate({ name, axis: -1 });
    case 'add':
      return kerasLayers.add({ name });
    case 'input':
      throw new Error('The input is no layer that is applied.');
  }
}

function known(tensors: ReadonlyMap<string, SymbolicTensor>, name: string): SymbolicTensor {
  const found = tensors.get(name);
  if (!found) throw new Error(`Layer ${name} is read before it is described.`);
  return found;
}
