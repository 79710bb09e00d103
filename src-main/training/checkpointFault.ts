import { reasonOf } from '#common/errors.ts';
import type { LayerDescription } from '#common/network/layerDescription.ts';
import { networkWeights } from '#common/network/layerWeights.ts';
import { matchWeights } from '#common/network/matchWeights.ts';
import {
  type Checkpoint,
  MOST_SECONDS,
  type NamedTensor,
  type TrainingRecipe,
} from '#common/training/training.ts';
import { ATTEMPT_WORD, ATTEMPTS } from './attempts.ts';

/** Words of the generator's state; behind them the number of the attempt, which version 0.1.0 did not write. */
const WORDS = ATTEMPT_WORD;

/**
 * What keeps a training from going on from a stored state, as a sentence; null where nothing does. A project may come from a stranger, and
 * a state that fits only nearly would spoil the network without a word.
 */
export function checkpointFault(
  checkpoint: Checkpoint,
  layers: readonly LayerDescription[],
  recipe: Pick<TrainingRecipe, 'epochs' | 'stepsPerEpoch'>,
): string | null {
  const { epoch, bestEpoch, history, weights, bestWeights, optimizer, randomState } = checkpoint;
  if (epoch > recipe.epochs || bestEpoch > epoch) return `It is of epoch ${epoch} of ${recipe.epochs}.`;
  if (history.length !== epoch) return `It has the figures of ${history.length} of its ${epoch} epochs.`;
  const seconds = history.reduce((sum, record) => sum + record.seconds, 0);
  if (seconds > MOST_SECONDS) return `Its epochs took ${seconds} seconds.`;
  const words = randomState.slice(0, WORDS);
  const attempt = randomState[ATTEMPT_WORD];
  if (attempt !== undefined && !(attempt >= 1 && attempt <= ATTEMPTS))
    return `It is of attempt ${attempt} of ${ATTEMPTS}.`;
  if (words.length < WORDS || !randomState.every(isWord) || words.every((word) => word === 0)) {
    return 'Its random numbers have no usable state.';
  }
  const shapes = networkWeights(layers);
  try {
    matchWeights(shapes, weights);
    if (bestEpoch > 0) matchWeights(shapes, bestWeights);
  } catch (error) {
    return reasonOf(error);
  }
  const unusable = [...weights, ...bestWeights, ...optimizer].find(
    ({ data }) => !data.every(Number.isFinite),
  );
  if (unusable) return `"${unusable.name}" holds values that are no numbers.`;
  const trainable = shapes.filter((shape) => shape.trainable);
  return optimizerFault(optimizer, trainable, recipe.epochs * recipe.stepsPerEpoch);
}

function optimizerFault(
  optimizer: readonly NamedTensor[],
  trainable: readonly { readonly name: string; readonly shape: readonly number[] }[],
  mostSteps: number,
): string | null {
  const byName = new Map(optimizer.map((tensor) => [tensor.name, tensor]));
  for (const { name, shape } of trainable) {
    for (const moment of ['m', 'v']) {
      const tensor = byName.get(`${name}/${moment}`);
      if (tensor?.shape.join() !== shape.join())
        return `The optimiser's "${name}/${moment}" does not fit its weight.`;
      if (moment === 'v' && tensor.data.some((value) => value < 0)) {
        return `The optimiser's "${name}/v" holds negative squares.`;
      }
    }
  }
  const steps = byName.get('step')?.data[0];
  if (steps === undefined || !Number.isInteger(steps) || steps < 0 || steps > mostSteps) {
    return `The optimiser says that it made ${steps ?? 'no'} of ${mostSteps} steps.`;
  }
  return null;
}

const isWord = (value: number): boolean => Number.isInteger(value) && value >= 0 && value < 2 ** 32;
