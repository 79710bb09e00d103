import type { NamedTensor } from '#common/training/training.ts';
import type { LayerDescription } from '#common/network/layerDescription.ts';
import { randomValues } from './randomValues.ts';

/**
 * The weights that a vector case starts from, in Keras layouts: random wherever a constant could hide a swapped axis
 * or a forgotten term. The seed of a tensor is its place in this list, from 1.
 */
export function startWeights(layers: readonly LayerDescription[]): NamedTensor[] {
  let seed = 0;
  const draw = (name: string, shape: number[], centre: number, spread: number): NamedTensor => {
    const size = shape.reduce((product, side) => product * side, 1);
    seed += 1;
    return { name, shape, data: randomValues(size, seed).map((value) => centre + spread * value) };
  };
  return layers.flatMap((layer) => {
    const { name, kind, channels } = layer;
    if (kind === 'batchNorm') {
      return [
        draw(`${name}/gamma`, [channels], 1, 0.3),
        draw(`${name}/beta`, [channels], 0, 0.3),
        draw(`${name}/moving_mean`, [channels], 0, 0.3),
        draw(`${name}/moving_variance`, [channels], 1, 0.3),
      ];
    }
    if (kind !== 'convolution' && kind !== 'transposed') return [];
    const { kernel, inputChannels } = layer;
    const outputs = kind === 'convolution' ? [inputChannels, channels] : [channels, inputChannels];
    const stride = kind === 'transposed' ? layer.stride : 1;
    const terms = (inputChannels * kernel ** 2) / stride ** 2;
    return [
      draw(`${name}/kernel`, [kernel, kernel, ...outputs], 0, Math.sqrt(6 / terms)),
      draw(`${name}/bias`, [channels], 0, 0.3),
    ];
  });
}
