import type { LayerDescription } from '#common/network/layerDescription.ts';
import { layerSeed } from '#common/network/layerSeed.ts';
import { layerWeights, networkWeights, sizeOf } from '#common/network/layerWeights.ts';
import { Random } from '#common/random.ts';
import type { NamedTensor } from '#common/training/training.ts';
import { bilinearKernel } from './bilinearKernel.ts';
import { truncatedNormal } from './truncatedNormal.ts';

/**
 * The weights that training starts from: He-normal kernels, each layer from its own seed, or bilinear ones where the table
 * says so; batch norm that changes nothing; zero biases.
 * @param seed whole number; equal seeds give equal weights on every machine
 * @param outputBias one number per class that is added to the logits of every pixel; zeros unless given
 */
export function firstWeights(
  layers: readonly LayerDescription[],
  seed: number,
  outputBias: readonly number[] = [],
): NamedTensor[] {
  const biased = `${outputLayer(layers)}/bias`;
  const values = new Map<string, Float32Array>();
  for (const [index, layer] of layers.entries()) {
    for (const { name, role, shape } of layerWeights(layer)) {
      const data = new Float32Array(sizeOf(shape));
      if (role === 'kernel') values.set(name, firstKernel(layer, data, layerSeed(seed, index)));
      else values.set(name, role === 'gamma' || role === 'moving_variance' ? data.fill(1) : data);
      if (name === biased) data.set(outputBias);
    }
  }
  return networkWeights(layers).map(({ name, shape }) => ({
    name,
    shape,
    data: values.get(name) ?? new Float32Array(),
  }));
}

/**
 * He et al. 2015: a deviation of sqrt(2 / inputs of an output), which the truncation narrows to 0.88 of it. For a transposed
 * convolution the inputs are counted as Keras counts them, from the output's channels.
 */
function firstKernel(layer: LayerDescription, data: Float32Array, seed: number): Float32Array {
  if (layer.kind !== 'convolution' && layer.kind !== 'transposed') return data;
  if (layer.kind === 'transposed' && layer.initial === 'bilinear')
    return bilinearKernel(layer.kernel, layer.channels);
  const inputs = layer.kind === 'convolution' ? layer.inputChannels : layer.channels;
  const deviation = Math.sqrt(2 / (layer.kernel ** 2 * inputs));
  const random = Random.fromSeed(seed);
  return data.map(() => deviation * truncatedNormal(random));
}

/** The layer whose bias every logit gets: the head, or the last of the classifiers that are summed. */
function outputLayer(layers: readonly LayerDescription[]): string | undefined {
  const last = layers.at(-1);
  return last?.kind === 'add' ? last.inputs.at(-1) : last?.name;
}
