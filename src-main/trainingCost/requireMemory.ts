import { CcnetError } from '#common/errors.ts';
import { formatFactor } from '#common/network/formatFactor.ts';
import type { NetworkSpec } from '#common/network/network.ts';
import type { TrainingRecipe } from '#common/training/training.ts';
import { availableMemory } from './availableMemory.ts';
import { fittingRecipe } from './fittingRecipe.ts';
import type { TrainingLoad } from './trainingLoad.ts';
import { trainingMemory } from './trainingMemory.ts';

/**
 * Makes sure, before anything is allocated, that a training on the native engine will find enough memory.
 * @throws memory-insufficient with the need, what is free, and the batch, crop or factor that fits
 */
export function requireMemory(
  network: NetworkSpec,
  recipe: TrainingRecipe,
  load: TrainingLoad,
  available: number = availableMemory(),
): void {
  const memoryOf = (spec: NetworkSpec, changed: TrainingRecipe): number =>
    trainingMemory(spec, changed, load);
  const needed = memoryOf(network, recipe);
  if (needed <= available) return;
  const fitting = fittingRecipe(network, recipe, available, memoryOf);
  const { family, width, factor } = network;
  const { batch, crop } = recipe;
  const training = { family, width, factor: formatFactor(factor), batch, crop };
  throw new CcnetError('memory-insufficient', { ...training, needed, available, fitting });
}
