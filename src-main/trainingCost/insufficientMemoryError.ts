import { PlainError } from '#common/errors.ts';
import { formatFactor } from '#common/network/factor.ts';
import { formatBytes } from '#common/format.ts';
import type { NetworkSpec } from '#common/network/network.ts';
import type { TrainingRecipe } from '#common/training/training.ts';
import { type FittingRecipe, fittingWords } from './fittingRecipe.ts';

/** A training would need more memory than there is; nothing of it was begun. */
export class InsufficientMemoryError extends PlainError {
  readonly needed: number;
  readonly available: number;
  readonly fitting: FittingRecipe;

  constructor(
    network: NetworkSpec,
    recipe: Pick<TrainingRecipe, 'batch' | 'crop'>,
    memory: { readonly needed: number; readonly available: number; readonly fitting: FittingRecipe },
  ) {
    super(
      `Training ${network.family} of width ${network.width} at factor ${formatFactor(network.factor)} with a batch of ${recipe.batch} and crops of ` +
        `${recipe.crop} pixels needs ${formatBytes(memory.needed)} of memory; ${formatBytes(Math.round(memory.available))} are free.`,
      fittingWords(memory.fitting),
    );
    this.needed = memory.needed;
    this.available = memory.available;
    this.fitting = memory.fitting;
  }
}
