import { median } from '#common/statistics/median.ts';
import { correlation } from '../decoding/thumbnail.ts';

/** Median correlation of neighbours, and how far it exceeds that of distant images, from which order matters. */
const NEIGHBOURS = 0.5;
const EXCESS = 0.15;
const FEWEST = 6;

/**
 * Whether images in their natural order look like frames of a movie or slices of a stack: neighbours resemble each
 * other, and clearly more than images half the sequence apart do.
 */
export function looksOrdered(thumbnails: readonly Float32Array[]): boolean {
  if (thumbnails.length < FEWEST) return false;
  const { near, far } = orderEvidence(thumbnails);
  return near >= NEIGHBOURS && near - far >= EXCESS;
}

/** Median correlations of neighbours and of images half the sequence apart. */
export function orderEvidence(thumbnails: readonly Float32Array[]): { near: number; far: number } {
  const atDistance = (distance: number): number =>
    median(
      thumbnails.flatMap((first, index) => {
        const second = thumbnails[index + distance];
        return second ? [correlation(first, second)] : [];
      }),
    );
  return { near: atDistance(1), far: atDistance(Math.floor(thumbnails.length / 2)) };
}
