import type { LayerDescription } from './layerDescription.ts';

/** One weight tensor of a layer, as engines hold it and files store it. */
export interface WeightShape {
  /** "LAYER/ROLE". */
  readonly name: string;
  readonly role: 'kernel' | 'bias' | 'gamma' | 'beta' | 'moving_mean' | 'moving_variance';
  readonly shape: readonly number[];
  /** Learnt by gradient; the others are moving averages. */
  readonly trainable: boolean;
}

/**
 * The weight tensors of a layer. Kernels are stored [height, width, input channels, output channels], those of a transposed
 * convolution [height, width, output channels, input channels], as Keras does.
 */
export function layerWeights(layer: LayerDescription): WeightShape[] {
  const weight = (role: WeightShape['role'], shape: readonly number[], trainable = true): WeightShape => ({
    name: `${layer.name}/${role}`,
    role,
    shape,
    trainable,
  });
  const { channels } = layer;
  switch (layer.kind) {
    case 'convolution':
      return [
        weight('kernel', [layer.kernel, layer.kernel, layer.inputChannels, channels]),
        weight('bias', [channels]),
      ];
    case 'transposed':
      return [
        weight('kernel', [layer.kernel, layer.kernel, channels, layer.inputChannels]),
        weight('bias', [channels]),
      ];
    case 'batchNorm':
      return [
        weight('gamma', [channels]),
        weight('beta', [channels]),
        weight('moving_mean', [channels], false),
        weight('moving_variance', [channels], false),
      ];
    default:
      return [];
  }
}

/** The weight tensors of a network, in the order in which they are handed around: trainable ones first, then moving averages. */
export function networkWeights(layers: readonly LayerDescription[]): WeightShape[] {
  const all = layers.flatMap(layerWeights);
  return [...all.filter(({ trainable }) => trainable), ...all.filter(({ trainable }) => !trainable)];
}

/** Numbers in a tensor of this shape. */
export function sizeOf(shape: readonly number[]): number {
  return shape.reduce((product, side) => product * side, 1);
}

/** Numbers that a layer learns by gradient: kernels, biases, and gamma and beta of batch norm. */
export function trainableWeights(layer: LayerDescription): number {
  return count(layer, true);
}

/** Numbers that a layer only tracks: moving mean and variance of batch norm. */
export function movingWeights(layer: LayerDescription): number {
  return count(layer, false);
}

function count(layer: LayerDescription, trainable: boolean): number {
  return layerWeights(layer).reduce(
    (sum, weight) => (weight.trainable === trainable ? sum + sizeOf(weight.shape) : sum),
    0,
  );
}
