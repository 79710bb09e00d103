import type { SampleSource } from '#common/dataset/dataset.ts';
import { CcnetError } from '#common/errors.ts';
import type { NetworkSpec } from '#common/network/network.ts';
import { probesJoin } from '#common/training/trainableRecipe.ts';
import type { TrainingRecipe } from '#common/training/training.ts';
import { sizeMultiple } from '../network/describeNetwork.ts';

/** @throws a failure of common/failures/network.ts when network, recipe and samples do not fit together. */
export function checkTrainingRequest(
  spec: NetworkSpec,
  recipe: TrainingRecipe,
  train: SampleSource,
  validation: SampleSource,
): void {
  if (train.length === 0) throw new CcnetError('split-empty', { split: 'training' });
  if (validation.length === 0) throw new CcnetError('split-empty', { split: 'validation' });
  const multiple = sizeMultiple(spec.family);
  if (recipe.crop % multiple !== 0) {
    throw new CcnetError('crop-not-a-multiple', { family: spec.family, multiple, crop: recipe.crop });
  }
  if (!probesJoin(recipe)) throw new CcnetError('preparation-of-before', {});
  if (spec.classes !== 2) throw new CcnetError('classes-not-trained', { classes: spec.classes });
  for (const source of [train, validation]) {
    if (source.channels !== spec.channels) {
      throw new CcnetError('channels-differ', { network: spec.channels, images: source.channels });
    }
  }
}
