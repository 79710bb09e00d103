import type { NetworkSpec } from '#common/network/network.ts';
import type { TrainingRecipe } from '#common/training/training.ts';
import { planGpuMemory } from '../engine/gpu/planMemory.ts';
import { HELD_PAGE_BYTES } from '../engine/gpu/heldImages.ts';
import { MOST_HELD_BYTES } from '../engine/trainingStep.ts';
import { describeNetwork } from '../network/describeNetwork.ts';
import { tileSizes } from './tileSizes.ts';
import { preparedBytes, type TrainingLoad } from './trainingLoad.ts';

/** The step on WebGPU keeps its plans of the last two image sizes. */
const KEPT_SIZES = 2;

/** Bytes of a card that a training on WebGPU takes at its peak, by the plans of its step and of segmenting whole images, with the training images that it holds. */
export function cardMemory(
  network: NetworkSpec,
  { crop, batch }: TrainingRecipe,
  load: TrainingLoad,
): number {
  const layers = describeNetwork(network);
  const step = planGpuMemory(layers, { size: batch, height: crop, width: crop, training: true });
  const segmenting = tileSizes([...load.images.validation, ...load.images.test])
    .map((tile) => planGpuMemory(layers, { size: 1, ...tile, training: false }).planBytes)
    .sort((a, b) => b - a)
    .slice(0, KEPT_SIZES);
  const held = heldBytes(preparedBytes(load.images.train, load.channels));
  return step.planBytes + step.weightBytes + held + segmenting.reduce((sum, bytes) => sum + bytes, 0);
}

/** The last buffer of the images that the card holds doubles until they fit; the others are full. */
function heldBytes(images: number): number {
  const rest = images % HELD_PAGE_BYTES;
  return Math.min(MOST_HELD_BYTES, images - rest + 2 ** Math.ceil(Math.log2(Math.max(1, rest))));
}
