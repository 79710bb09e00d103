import { dice, type PixelCounts } from './scoreImages.ts';

/** Whether a network has learnt anything, and if not, why we say so. */
export interface LearningVerdict {
  readonly learnt: boolean;
  /** In plain words; null when it has learnt. */
  readonly reason: string | null;
}

const NEAR_ZERO = 0.05;
const MARGIN = 0.01;

/**
 * Compares a network with what needs no learning: marking everything, or nothing. Runs that do not clear this bar say
 * nothing of the network's size and must not enter a fit (method.md, section 6).
 * @param images counts per validation image
 * @param pixels pixels of each image, in the same order
 */
export function judgeLearning(images: readonly PixelCounts[], pixels: readonly number[]): LearningVerdict {
  const verdict = (reason: string | null) => ({ learnt: reason === null, reason });
  const mean = (score: (image: PixelCounts, size: number) => number) =>
    images.reduce((sum, image, i) => sum + score(image, pixels[i] ?? 0), 0) / images.length;
  const predicted = images.reduce((sum, { both, predictedOnly }) => sum + both + predictedOnly, 0);
  const foreground = images.reduce((sum, { both, referenceOnly }) => sum + both + referenceOnly, 0);
  const all = pixels.reduce((sum, size) => sum + size, 0);
  if (predicted === 0 && foreground > 0) return verdict('It marks every pixel as background.');
  if (predicted === all && foreground < all) return verdict('It marks every pixel as foreground.');

  const reached = mean((image) => dice(image));
  if (reached < NEAR_ZERO) return verdict(`Its Dice of ${reached.toFixed(3)} is near zero.`);
  const nothing = mean(({ both, referenceOnly }) => (both + referenceOnly === 0 ? 1 : 0));
  const everything = mean(({ both, referenceOnly }, size) => {
    const truth = both + referenceOnly;
    return dice({ both: truth, predictedOnly: size - truth, referenceOnly: 0 });
  });
  if (reached < nothing + MARGIN && nothing < 1) {
    return verdict(
      `Its Dice of ${reached.toFixed(3)} is no better than marking nothing (${nothing.toFixed(3)}).`,
    );
  }
  if (reached < everything + MARGIN && everything < 1 - MARGIN) {
    return verdict(
      `Its Dice of ${reached.toFixed(3)} is no better than marking everything (${everything.toFixed(3)}).`,
    );
  }
  return verdict(null);
}
