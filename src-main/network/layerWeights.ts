import type { LayerDescription } from './layerDescription.ts';

/** Numbers that a layer learns by gradient: kernels, biases, and gamma and beta of batch norm. */
export function trainableWeights(layer: LayerDescription): number {
  switch (layer.kind) {
    case 'convolution':
    case 'transposed':
      return layer.kernel ** 2 * layer.inputChannels * layer.channels + layer.channels;
    case 'batchNorm':
      return 2 * layer.channels;
    default:
      return 0;
  }
}

/** Numbers that a layer only tracks: moving mean and variance of batch norm. */
export function movingWeights(layer: LayerDescription): number {
  return layer.kind === 'batchNorm' ? 2 * layer.channels : 0;
}
