import type { NetworkSpec } from '#common/network/network.ts';
import type { TrainingRecipe } from '#common/training/training.ts';
import { stepAddon } from '../engine/compiled/stepAddon.ts';
import { describeNetwork } from '../network/describeNetwork.ts';
import type { LayerDescription } from '#common/network/layerDescription.ts';
import { movingWeights, trainableWeights } from '#common/network/layerWeights.ts';
import { DEFAULT_CACHE_BYTES } from '../training/sampleCache.ts';
import { tileSizes } from './tileSizes.ts';
import { type ImageSize, preparedBytes, type TrainingLoad } from './trainingLoad.ts';

const FLOAT_BYTES = 4;
/** Copies of the parameters at the end of an epoch besides those of the step: the checkpoint's weights, best weights and moments. */
const PARAMETER_COPIES = 4;
/** The compiled step keeps its plans of the last two image sizes. */
const KEPT_SIZES = 2;

/**
 * Bytes that a training on the native engine adds to the process at its peak. Exact, by the native plan itself: the step's arena,
 * weights and scratch memory, and those of segmenting whole images. Estimated: copies of the weights, prepared images,
 * batches and images being decoded.
 */
export function trainingMemory(network: NetworkSpec, recipe: TrainingRecipe, load: TrainingLoad): number {
  const { crop, batch } = recipe;
  const layers = describeNetwork(network);
  const { validation, test } = load.images;
  const step = stepAddon().planMemory(layers, { size: batch, height: crop, width: crop, training: true });
  const segmenting = segmentingMemory(layers, [...validation, ...test]);
  return Math.round(
    step.arenaBytes +
      step.keptBytes +
      step.weightBytes +
      segmenting.bytes +
      Math.max(step.scratchBytes, segmenting.scratchBytes) +
      hostMemory(network, recipe, load),
  );
}

/** Bytes that a training adds to the process wherever its step is computed: copies of the weights, prepared images, batches and images being decoded. */
export function hostMemory(network: NetworkSpec, recipe: TrainingRecipe, load: TrainingLoad): number {
  const { crop, batch } = recipe;
  const weights = describeNetwork(network).reduce(
    (sum, layer) => sum + trainableWeights(layer) + movingWeights(layer),
    0,
  );
  const { train, validation } = load.images;
  const crops = batch * crop ** 2 * (FLOAT_BYTES * load.channels + 1);
  return (
    FLOAT_BYTES * PARAMETER_COPIES * weights +
    Math.min(DEFAULT_CACHE_BYTES, preparedBytes([...train, ...validation], load.channels)) +
    // The batch that is learnt from, and the next.
    2 * crops +
    batch * load.decodedBytes
  );
}

/** The largest plans that are kept at a time, and the scratch memory of the one that needs most. */
function segmentingMemory(
  layers: readonly LayerDescription[],
  images: readonly ImageSize[],
): { bytes: number; scratchBytes: number } {
  const plans = tileSizes(images).map((tile) =>
    stepAddon().planMemory(layers, { size: 1, ...tile, training: false }),
  );
  const largest = plans
    .map(({ arenaBytes, keptBytes }) => arenaBytes + keptBytes)
    .sort((a, b) => b - a)
    .slice(0, KEPT_SIZES);
  return {
    bytes: largest.reduce((sum, bytes) => sum + bytes, 0),
    scratchBytes: Math.max(0, ...plans.map(({ scratchBytes }) => scratchBytes)),
  };
}
