import type { NetworkSpec } from '#common/network/network.ts';
import type { TrainingRecipe } from '#common/training/training.ts';
import { planGpuMemory } from '../engine/gpu/planMemory.ts';
import { describeNetwork } from '../network/describeNetwork.ts';
import { tileSizes } from './tileSizes.ts';
import type { TrainingLoad } from './trainingLoad.ts';

/** The step on WebGPU keeps its plans of the last two image sizes. */
const KEPT_SIZES = 2;

/** Bytes of a card that a training on WebGPU takes at its peak, exactly: by the plans of its step and of segmenting whole images. */
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
  return step.planBytes + step.weightBytes + segmenting.reduce((sum, bytes) => sum + bytes, 0);
}
