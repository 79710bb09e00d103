import {
  type initializers,
  input,
  layers,
  model as layersModel,
  type LayersModel,
  type SymbolicTensor,
} from '@tensorflow/tfjs-layers';
import type { LayerDescription } from './layerDescription.ts';
import { layerSeed } from './layerSeed.ts';
import { SeededDropout } from './seededDropout.ts';

type Initializer = ReturnType<typeof initializers.zeros>;

/**
 * Makes the LayersModel of a layer table: its first entry is the input, its last one the output.
 * @param seed of the dropout masks
 * @param kernelInitializer draws the kernel of the layer with this index in the table
 */
export function assembleLayers(
  name: string,
  descriptions: readonly LayerDescription[],
  seed: number,
  kernelInitializer: (layerIndex: number) => Initializer,
): LayersModel {
  const tensors = new Map<string, SymbolicTensor>();
  for (const [index, layer] of descriptions.entries()) {
    const inputs = layer.inputs.map((name) => known(tensors, name));
    const apply = (made: layers.Layer) => made.apply(inputs) as SymbolicTensor;
    tensors.set(
      layer.name,
      layer.kind === 'input'
        ? input({ name: layer.name, shape: [null, null, layer.channels] })
        : apply(layerOf(layer, kernelInitializer(index), layerSeed(seed, index))),
    );
  }
  const first = descriptions[0];
  const last = descriptions.at(-1);
  if (!first || !last) throw new Error('A network has layers.');
  return layersModel({ inputs: known(tensors, first.name), outputs: known(tensors, last.name), name });
}

function layerOf(layer: LayerDescription, kernelInitializer: Initializer, seed: number): layers.Layer {
  const { name } = layer;
  const convolution = {
    name,
    filters: layer.channels,
    padding: 'same' as const,
    useBias: true,
    kernelInitializer,
  };
  switch (layer.kind) {
    case 'convolution':
      return layers.conv2d({ ...convolution, kernelSize: layer.kernel });
    case 'transposed':
      return layers.conv2dTranspose({ ...convolution, kernelSize: layer.kernel, strides: layer.stride });
    case 'batchNorm':
      return layers.batchNormalization({ name, momentum: layer.momentum, epsilon: layer.epsilon });
    case 'relu':
      return layers.activation({ name, activation: 'relu' });
    case 'maxPool':
      return layers.maxPooling2d({ name, poolSize: 2, strides: 2 });
    case 'dropout':
      return new SeededDropout(name, layer.rate, seed);
    case 'concat':
      return layers.concatenate({ name, axis: -1 });
    case 'add':
      return layers.add({ name });
    case 'input':
      throw new Error('The input is no layer that is applied.');
  }
}

function known(tensors: ReadonlyMap<string, SymbolicTensor>, name: string): SymbolicTensor {
  const found = tensors.get(name);
  if (!found) throw new Error(`Layer ${name} is read before it is described.`);
  return found;
}
