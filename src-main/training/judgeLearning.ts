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
 * nothing of the network's size and must not enter a fit (method.md, section 6). The pixels of all images are counted together,
 * so that a few wrong pixels in an image that rightly has an empty mask decide nothing.
 * @param images counts per validation image
 * @param pixels pixels of each image, in the same order
 */
export function judgeLearning(images: readonly PixelCounts[], pixels: readonly number[]): LearningVerdict {
  const verdict = (reason: string | null) => ({ learnt: reason === null, reason });
  const total = (count: (image: PixelCounts) => number): number =>
    images.reduce((sum, image) => sum + count(image), 0);
  const both = total((image) => image.both);
  const predictedOnly = total((image) => image.predictedOnly);
  const referenceOnly = total((image) => image.referenceOnly);
  const [predicted, foreground] = [both + predictedOnly, both + referenceOnly];
  const all = pixels.reduce((sum, size) => sum + size, 0);
  // Where no validation image has an object, all that can be told is whether much is marked for nothing.
  if (foreground === 0) {
    return verdict(
      2 * predicted > all ? 'It marks most pixels of images in which nothing is to be found.' : null,
    );
  }
  if (predicted === 0) return verdict('It marks every pixel as background.');
  if (predicted === all && foreground < all) return verdict('It marks every pixel as foreground.');
  const reached = dice({ both, predictedOnly, referenceOnly });
  if (reached < NEAR_ZERO) return verdict(`Its Dice of ${reached.toFixed(3)} is near zero.`);
  const everything = dice({ both: foreground, predictedOnly: all - foreground, referenceOnly: 0 });
  if (reached < everything + MARGIN && everything < 1 - MARGIN) {
    return verdict(
      `Its Dice of ${reached.toFixed(3)} is no better than marking everything (${everything.toFixed(3)}).`,
    );
  }
  return verdict(null);
}
