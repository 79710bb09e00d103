import type { SampleSource } from '#common/dataset/dataset.ts';
import { CcnetError, UsageError } from '#common/errors.ts';
import type { NetworkSpec } from '#common/network/network.ts';
import type { TrainingRecipe } from '#common/training/training.ts';
import { sizeMultiple } from '../network/describeNetwork.ts';

/** A split that training needs has no image. */
export class EmptySplitError extends CcnetError {
  constructor(split: string) {
    super(
      `There is no image in the ${split} split.`,
      'Add images to the dataset, or change its splits, so that training and validation have at least one each.',
    );
  }
}

/** @throws UsageError or EmptySplitError when network, recipe and samples do not fit together. */
export function checkTrainingRequest(
  spec: NetworkSpec,
  recipe: TrainingRecipe,
  train: SampleSource,
  validation: SampleSource,
): void {
  if (train.length === 0) throw new EmptySplitError('training');
  if (validation.length === 0) throw new EmptySplitError('validation');
  const multiple = sizeMultiple(spec.family);
  if (recipe.crop % multiple !== 0) {
    throw new UsageError(
      `${spec.family} learns from crops whose side is a multiple of ${multiple}; ${recipe.crop} is not.`,
      `Set the crop to ${Math.ceil(recipe.crop / multiple) * multiple}.`,
    );
  }
  if (spec.classes !== 2) {
    throw new UsageError(
      `The trainer separates foreground from background: 2 classes, not ${spec.classes}.`,
      'Give the network 2 classes.',
    );
  }
  if (recipe.maskResize !== 'area') {
    throw new UsageError(
      'This training was planned by an earlier version, which reduced masks by the nearest pixel; that is no longer done.',
      'Start it anew: masks are then reduced by their covered area.',
    );
  }
  for (const source of [train, validation]) {
    if (source.channels !== spec.channels) {
      throw new UsageError(
        `The network takes ${spec.channels} channels, the images have ${source.channels}.`,
        `Give the network ${source.channels} channels.`,
      );
    }
  }
}
