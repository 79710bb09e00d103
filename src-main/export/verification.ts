import { throwIfCancelled } from '#common/errors.ts';
import { CcnetError } from '#common/errors.ts';

/** Largest difference in probability that an export may show. */
export const EXPORT_TOLERANCE = 1e-4;

/** A standardised image and what the trained network said of it. */
export interface VerificationImage {
  readonly height: number;
  readonly width: number;
  readonly channels: number;
  /** height * width * channels, channel-last. */
  readonly image: Float32Array;
  /** height * width foreground probabilities. */
  readonly foreground: Float32Array;
}

/**
 * Compares what an exported file says of images with what the trained network said.
 * @param run has the file segment an image, and answers the foreground probability of a pixel
 * @returns the largest difference
 * @throws export-differs when it is above EXPORT_TOLERANCE
 */
export async function verify(
  file: string,
  images: readonly VerificationImage[],
  run: (image: VerificationImage) => Promise<(pixel: number) => number>,
  signal?: AbortSignal,
): Promise<number> {
  let largest = 0;
  for (const image of images) {
    throwIfCancelled(signal, 'Verification of the export');
    largest = Math.max(largest, largestDifference(image.foreground, await run(image)));
  }
  if (largest > EXPORT_TOLERANCE) {
    throw new CcnetError('export-differs', { file, difference: largest, tolerance: EXPORT_TOLERANCE });
  }
  return largest;
}

function largestDifference(expected: Float32Array, actual: (pixel: number) => number): number {
  let largest = 0;
  for (let pixel = 0; pixel < expected.length; pixel++) {
    const difference = Math.abs((expected[pixel] ?? 0) - actual(pixel));
    // A NaN must fail, so it may not be lost in a comparison.
    if (!(difference <= largest)) largest = difference;
    if (Number.isNaN(largest)) return Infinity;
  }
  return largest;
}
