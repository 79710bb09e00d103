import { IGNORED } from '#common/dataset/marks.ts';
import { PREPARATION } from '#common/preparation/preparation.ts';
import type { Accuracy } from '#common/training/training.ts';

/** Pixels of one image by prediction and reference, of those that count; true negatives do not enter Dice or IoU. */
export interface PixelCounts {
  readonly name: string;
  readonly both: number;
  readonly predictedOnly: number;
  readonly referenceOnly: number;
}

/**
 * Counts one image. A pixel is predicted as foreground when its probability is above the threshold.
 * @param probabilities foreground probabilities, one per pixel
 * @param reference one per pixel: 0 background, 1 foreground, 2 does not count
 */
export function countPixels(name: string, probabilities: Float32Array, reference: Uint8Array): PixelCounts {
  if (probabilities.length !== reference.length) {
    throw new RangeError(
      `${name}: ${probabilities.length} probabilities for ${reference.length} reference pixels.`,
    );
  }
  let [both, predictedOnly, referenceOnly] = [0, 0, 0];
  for (let i = 0; i < reference.length; i++) {
    const predicted = (probabilities[i] ?? 0) > PREPARATION.threshold;
    if (reference[i] === 1) {
      if (predicted) both += 1;
      else referenceOnly += 1;
    } else if (predicted && reference[i] !== IGNORED) predictedOnly += 1;
  }
  return { name, both, predictedOnly, referenceOnly };
}

/** Dice = 2 |A and B| / (|A| + |B|), which is also the F1 of the pixels; 1 when both masks are empty. */
export function dice({ both, predictedOnly, referenceOnly }: Omit<PixelCounts, 'name'>): number {
  const total = 2 * both + predictedOnly + referenceOnly;
  return total === 0 ? 1 : (2 * both) / total;
}

/** IoU = |A and B| / |A or B|; 1 when both masks are empty. */
export function iou({ both, predictedOnly, referenceOnly }: Omit<PixelCounts, 'name'>): number {
  const union = both + predictedOnly + referenceOnly;
  return union === 0 ? 1 : both / union;
}

/**
 * Accuracy over images: means of the scores per image, and scores of all pixels pooled.
 * @throws RangeError without any image.
 */
export function scoreImages(counts: readonly PixelCounts[]): Accuracy {
  if (counts.length === 0) throw new RangeError('Accuracy needs at least one image.');
  const perImage = counts.map((count) => ({ name: count.name, dice: dice(count), iou: iou(count) }));
  const mean = (pick: (score: { dice: number; iou: number }) => number) =>
    perImage.reduce((sum, score) => sum + pick(score), 0) / perImage.length;
  const pooled = {
    both: total(counts, 'both'),
    predictedOnly: total(counts, 'predictedOnly'),
    referenceOnly: total(counts, 'referenceOnly'),
  };
  return {
    dice: mean((score) => score.dice),
    iou: mean((score) => score.iou),
    pooledDice: dice(pooled),
    pooledIou: iou(pooled),
    perImage,
  };
}

function total(counts: readonly PixelCounts[], part: 'both' | 'predictedOnly' | 'referenceOnly'): number {
  return counts.reduce((sum, count) => sum + count[part], 0);
}
