import type { NetworkSpec } from '#common/network/network.ts';
import type { TrainingRecipe } from '#common/training/training.ts';
import { DEFAULT_CACHE_BYTES, VALIDATION_CACHE_SHARE } from '../training/sampleCache.ts';
import { tileLayout } from '../training/tileLayout.ts';
import { EPOCH_VALIDATION_IMAGES } from '../training/validateEpoch.ts';
import { type StepCost, stepMilliseconds, weighted } from './fitStepCost.ts';
import { stepWork } from './stepWork.ts';
import { type ImageSize, preparedBytes, type TrainingLoad } from './trainingLoad.ts';

/** Share of a step's computation that a forward pass of the same pixels takes: measured between 0.2 and 0.3. */
const FORWARD_SHARE = 0.27;

/**
 * Seconds of one training to its last epoch: the steps, the validation after every epoch and at the end, the test, and
 * the reading of images that the cache does not hold. Early stopping makes it shorter, a second attempt after a
 * collapse twice as long.
 */
export function trainingSeconds(
  cost: StepCost,
  network: NetworkSpec,
  recipe: TrainingRecipe,
  load: TrainingLoad,
): number {
  const { crop, batch, epochs, stepsPerEpoch } = recipe;
  const steps = epochs * stepsPerEpoch;
  const { train, validation, test } = load.images;
  const segment = (images: readonly ImageSize[]): number =>
    images.reduce((sum, size) => sum + forwardMilliseconds(cost, network, size), 0) / 1000;
  const validated = Math.min(1, EPOCH_VALIDATION_IMAGES / Math.max(1, validation.length));
  const reads =
    decodes(train, steps * batch, load.channels, 1 - VALIDATION_CACHE_SHARE) +
    decodes(validation, (epochs * validated + 1) * validation.length, load.channels, VALIDATION_CACHE_SHARE) +
    test.length;
  return (
    (steps * stepMilliseconds(cost, { network, crop, batch })) / 1000 +
    (epochs * validated + 1) * segment(validation) +
    segment(test) +
    reads * load.loadSeconds
  );
}

function forwardMilliseconds({ rates }: StepCost, network: NetworkSpec, size: ImageSize): number {
  const { tiles, tileHeight, tileWidth } = tileLayout(size);
  const work = stepWork(network, { batch: tiles.length, height: tileHeight, width: tileWidth });
  return weighted(rates, {
    fixed: tiles.length * work.fixed,
    macs: FORWARD_SHARE * work.macs,
    values: FORWARD_SHARE * work.values,
    parameters: FORWARD_SHARE * tiles.length * work.parameters,
    // Cutting tiles and putting them together again costs as much per value as cutting crops.
    inputs: work.inputs,
  });
}

/** Images that are decoded for so many uses, in shuffled rounds, with a share of the cache. */
function decodes(images: readonly ImageSize[], uses: number, channels: number, share: number): number {
  const fits = preparedBytes(images, channels) <= DEFAULT_CACHE_BYTES * share;
  // A cache that drops the least recently used image finds next to nothing when rounds are longer than it.
  return fits ? Math.min(images.length, uses) : uses;
}
