import { evenlySpaced } from '#common/evenlySpaced.ts';
import { evaluate, type SegmentedImage } from './evaluate.ts';
import type { SampleCache } from './sampleCache.ts';
import type { Predictor } from './segmentImage.ts';

/** Between epochs at most so many validation images are segmented, evenly spaced; the final accuracy uses all. */
export const EPOCH_VALIDATION_IMAGES = 32;
/** So many of them are shown as examples. */
const EXAMPLES = 4;

/** Receives example images as they are segmented after an epoch. */
export type ExamplesListener = (epoch: number, images: readonly SegmentedImage[]) => void | Promise<void>;

interface ValidationOptions {
  readonly epoch: number;
  readonly onExamples: ExamplesListener | undefined;
  readonly signal: AbortSignal | undefined;
}

/** Segments a share of the validation images after an epoch, and hands out the examples among them. @returns their mean Dice */
export async function validateEpoch(
  predictor: Predictor,
  validation: SampleCache,
  options: ValidationOptions,
): Promise<number> {
  return segment(predictor, validation, evenlySpaced(validation.length, EPOCH_VALIDATION_IMAGES), options);
}

/** Segments the example images only: a training that is continued shows at once where it stands. */
export async function showEpoch(
  predictor: Predictor,
  validation: SampleCache,
  options: ValidationOptions,
): Promise<void> {
  if (options.onExamples) await segment(predictor, validation, exampleIndices(validation.length), options);
}

async function segment(
  predictor: Predictor,
  validation: SampleCache,
  indices: readonly number[],
  { epoch, onExamples, signal }: ValidationOptions,
): Promise<number> {
  const wanted = new Set(onExamples ? exampleIndices(validation.length) : []);
  const examples: SegmentedImage[] = [];
  const onImage = (image: SegmentedImage): void => {
    if (wanted.has(image.index)) examples.push(image);
  };
  const { dice } = await evaluate(predictor, validation, { indices, signal, onImage });
  await onExamples?.(epoch, examples);
  return dice;
}

/** Which images are shown: the same after every epoch, and all of them among those that every epoch is judged by. */
function exampleIndices(length: number): number[] {
  const judged = evenlySpaced(length, EPOCH_VALIDATION_IMAGES);
  return evenlySpaced(judged.length, EXAMPLES).map((at) => judged[at] ?? 0);
}
