import type { NetworkSpec } from '#common/network/network.ts';
import type { TrainingRecipe } from '#common/training/training.ts';
import { describeNetwork } from '../network/describeNetwork.ts';
import type { LayerDescription } from '../network/layerDescription.ts';
import { movingWeights, trainableWeights } from '../network/layerWeights.ts';
import { networkCost } from '../network/networkCost.ts';
import { DEFAULT_CACHE_BYTES } from '../training/sampleCache.ts';
import { tileLayout } from '../training/tileLayout.ts';
import { arenaFloats } from './arenaFloats.ts';
import { type ImageSize, preparedBytes, type TrainingLoad } from './trainingLoad.ts';
import { keptFilters } from './winogradScratch.ts';

const FLOAT_BYTES = 4;
/** The arena is larger than what lives in it: measured 3 to 10 % over families, widths and sizes, and 2 MiB where it is small. */
const ARENA_MARGIN = 1.1;
const ARENA_LEAST_MARGIN = 2 * 2 ** 20;
/**
 * Copies of the parameters at the end of an epoch: value, gradient and two moments in the step, the TensorFlow.js model, and for
 * the checkpoint the weights, the best weights and both moments.
 */
const PARAMETER_COPIES = 9;
/** The compiled step keeps its plans of the last two image sizes. */
const KEPT_SIZES = 2;

/**
 * Bytes that a training on the native engine adds to the process at its peak: arena of the step, memory for segmenting whole
 * images, weights with their copies, prepared images, batches and images being decoded.
 */
export function trainingMemory(network: NetworkSpec, recipe: TrainingRecipe, load: TrainingLoad): number {
  const { crop, batch } = recipe;
  const layers = describeNetwork(network);
  const weights = layers.reduce((sum, layer) => sum + trainableWeights(layer) + movingWeights(layer), 0);
  const { train, validation, test } = load.images;
  const crops = batch * crop ** 2 * (FLOAT_BYTES * load.channels + 1);
  return Math.round(
    arenaBytes(layers, batch, crop, crop) +
      segmentingBytes(network, layers, [...validation, ...test]) +
      FLOAT_BYTES * PARAMETER_COPIES * weights +
      Math.min(DEFAULT_CACHE_BYTES, preparedBytes([...train, ...validation], load.channels)) +
      // The batch that is learnt from, and the next.
      2 * crops +
      batch * load.decodedBytes,
  );
}

/** Upper bound of the arena of a compiled training step. @param layers in forward order */
export function arenaBytes(
  layers: readonly LayerDescription[],
  batch: number,
  height: number,
  width: number,
): number {
  return FLOAT_BYTES * ARENA_MARGIN * arenaFloats(layers, batch, height, width) + ARENA_LEAST_MARGIN;
}

function segmentingBytes(
  network: NetworkSpec,
  layers: readonly LayerDescription[],
  images: readonly ImageSize[],
): number {
  const filters = layers.reduce(
    (sum, layer) =>
      layer.kind === 'convolution' && layer.kernel === 3
        ? sum + keptFilters(layer.inputChannels, layer.channels)
        : sum,
    0,
  );
  const sizes = new Map<string, number>();
  for (const image of images) {
    const { tileHeight, tileWidth } = tileLayout(image);
    const key = `${tileHeight}x${tileWidth}`;
    if (sizes.has(key)) continue;
    const activations = ARENA_MARGIN * networkCost(network, tileHeight, tileWidth).activationBytes;
    sizes.set(key, activations + FLOAT_BYTES * filters);
  }
  const largest = [...sizes.values()].sort((a, b) => b - a).slice(0, KEPT_SIZES);
  return largest.reduce((sum, bytes) => sum + bytes, 0);
}
