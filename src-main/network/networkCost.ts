import { CcnetError } from '#common/errors.ts';
import type { NetworkCost, NetworkSpec } from '#common/network/network.ts';
import { activationPeak } from './activationPeak.ts';
import { describeNetwork, sizeMultiple } from './describeNetwork.ts';
import type { LayerDescription } from '#common/network/layerDescription.ts';
import { trainableWeights } from '#common/network/layerWeights.ts';

const FLOAT_BYTES = 4;

/**
 * Cost of one forward pass of one height x width image, from the layer table alone: nothing is allocated. MACs are
 * those of convolutions and transposed convolutions; biases, batch norm (folded into the convolution for inference),
 * ReLU, pooling and sums are not counted, as is usual.
 * @throws size-not-a-multiple when the size is no multiple of what the network's poolings divide by.
 */
export function networkCost(spec: NetworkSpec, height: number, width: number): NetworkCost {
  const multiple = sizeMultiple(spec.family);
  if (!(height > 0 && width > 0) || height % multiple !== 0 || width % multiple !== 0) {
    throw new CcnetError('size-not-a-multiple', { family: spec.family, multiple, width, height });
  }
  const layers = describeNetwork(spec);
  const sum = (count: (layer: LayerDescription) => number) =>
    layers.reduce((total, layer) => total + count(layer), 0);
  return {
    parameters: sum(trainableWeights),
    macs: sum((layer) => layerMacs(layer, height * width)),
    activationBytes: FLOAT_BYTES * activationPeak(layers, height, width),
  };
}

/** Multiply-accumulates of one layer when the network's input has so many pixels. */
export function layerMacs(layer: LayerDescription, pixels: number): number {
  if (layer.kind !== 'convolution' && layer.kind !== 'transposed') return 0;
  // A transposed convolution spreads each *input* pixel over kernel x kernel outputs.
  const reduction = layer.kind === 'transposed' ? layer.reduction * layer.stride : layer.reduction;
  return (layer.kernel ** 2 * layer.inputChannels * layer.channels * pixels) / reduction ** 2;
}
