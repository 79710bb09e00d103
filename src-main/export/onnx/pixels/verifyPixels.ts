import { CcnetError, throwIfCancelled } from '#common/errors.ts';

/** Stored pixels of an image and what the product makes of its file. */
export interface PixelImage {
  readonly height: number;
  readonly width: number;
  readonly channels: number;
  /** channels * height * width stored values, channel-first. */
  readonly pixels: Float32Array;
  /** height * width foreground probabilities at the image's own size. */
  readonly foreground: Float32Array;
}

/**
 * Mean difference in probability that a file with its preparation may show. ONNX has no operator that resizes as VIPS does, in
 * steps of 1/64 of a weight, so that single pixels at outlines differ; a forgotten step differs by far more.
 */
export const PIXELS_TOLERANCE = 0.02;

/**
 * Runs an ONNX file that takes stored pixels and compares it with the product.
 * @returns the largest mean difference in foreground probability of an image
 * @throws export-differs when it is above PIXELS_TOLERANCE
 */
export async function verifyPixels(
  file: string,
  bytes: Uint8Array,
  images: readonly PixelImage[],
  signal?: AbortSignal,
): Promise<number> {
  const { InferenceSession, Tensor } = await import('onnxruntime-web');
  const session = await InferenceSession.create(bytes, { executionProviders: ['wasm'] });
  let largest = 0;
  try {
    for (const { height, width, channels, pixels, foreground } of images) {
      throwIfCancelled(signal, 'Verification of the export');
      const output = await session.run({
        pixels: new Tensor('float32', pixels, [1, channels, height, width]),
      });
      const answer = output['probabilities']?.data;
      const count = height * width;
      let sum = 0;
      for (let at = 0; at < count; at++) {
        sum += Math.abs((foreground[at] ?? 0) - Number(answer?.[count + at]));
      }
      const mean = sum / count;
      // A NaN must fail, so it may not be lost in a comparison.
      if (!(mean <= largest)) largest = Number.isNaN(mean) ? Infinity : mean;
    }
  } finally {
    await session.release();
  }
  if (largest > PIXELS_TOLERANCE) {
    throw new CcnetError('export-differs', {
      file,
      difference: Number.isFinite(largest) ? largest : 1,
      tolerance: PIXELS_TOLERANCE,
    });
  }
  return largest;
}
