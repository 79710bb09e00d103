import type { DeviceId } from '#common/device/deviceIds.ts';
import type { NetworkSpec } from '#common/network/network.ts';
import type { TrainingForecast } from '#common/training/trainingForecast.ts';
import type { TrainingRecipe } from '#common/training/training.ts';
import { cardMemory } from './cardMemory.ts';
import type { TrainingLoad } from './trainingLoad.ts';
import { trainingMemory } from './trainingMemory.ts';

/** The part of a forecast that tells of memory. */
export type ForetoldMemory = Pick<TrainingForecast, 'peakBytes' | 'memoryOf'>;

/** Memory that a training takes at its peak on a device: of this process with what it holds already, or of the card; TensorFlow does not tell. */
export function foretellMemory(
  device: DeviceId,
  network: NetworkSpec,
  recipe: TrainingRecipe,
  load: TrainingLoad,
): ForetoldMemory {
  switch (device) {
    case 'native':
      return { peakBytes: process.memoryUsage.rss() + trainingMemory(network, recipe, load) };
    case 'webgpu':
      return { peakBytes: cardMemory(network, recipe, load), memoryOf: 'card' };
    case 'tensorflow':
      return { peakBytes: null };
  }
}
