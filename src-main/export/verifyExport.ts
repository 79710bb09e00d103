import { tensor4d, type Tensor } from '@tensorflow/tfjs-core';
import type { LayersModel } from '@tensorflow/tfjs-layers';
import { InferenceSession, Tensor as OnnxTensor } from 'onnxruntime-web';
import { throwIfCancelled } from '#common/errors.ts';
import { VerificationError } from './exportErrors.ts';

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

async function verify(
  file: string,
  images: readonly VerificationImage[],
  signal: AbortSignal | undefined,
  difference: (image: VerificationImage) => Promise<number>,
): Promise<number> {
  let largest = 0;
  for (const image of images) {
    throwIfCancelled(signal, 'Verification of the export');
    largest = Math.max(largest, await difference(image));
  }
  if (largest > EXPORT_TOLERANCE) throw new VerificationError(file, largest, EXPORT_TOLERANCE);
  return largest;
}

/**
 * Runs an ONNX file in onnxruntime on images and compares it with the trained network.
 * @returns the largest difference in foreground probability.
 * @throws VerificationError when it is above EXPORT_TOLERANCE.
 */
export async function verifyOnnx(
  file: string,
  bytes: Uint8Array,
  images: readonly VerificationImage[],
  signal?: AbortSignal,
): Promise<number> {
  const session = await InferenceSession.create(bytes, { executionProviders: ['wasm'] });
  try {
    return await verify(file, images, signal, async ({ height, width, channels, image, foreground }) => {
      const pixels = height * width;
      const planar = Float32Array.from(
        image,
        (_, i) => image[(i % pixels) * channels + Math.floor(i / pixels)] ?? 0,
      );
      const output = await session.run({
        image: new OnnxTensor('float32', planar, [1, channels, height, width]),
      });
      const probabilities = output['probabilities']?.data;
      // Plane 1 of [1, classes, H, W] is the foreground.
      return largestDifference(foreground, (pixel) => Number(probabilities?.[pixels + pixel]));
    });
  } finally {
    await session.release();
  }
}

/** The same for a TensorFlow.js model that was read back, on the current backend. */
export async function verifyTfjs(
  file: string,
  model: LayersModel,
  images: readonly VerificationImage[],
  signal?: AbortSignal,
): Promise<number> {
  return verify(file, images, signal, async ({ height, width, channels, image, foreground }) => {
    const input = tensor4d(image, [1, height, width, channels]);
    const output = model.predict(input) as Tensor;
    const classes = output.shape[3] ?? 2;
    const probabilities = await output.data<'float32'>();
    input.dispose();
    output.dispose();
    return largestDifference(foreground, (pixel) => probabilities[pixel * classes + 1] ?? Number.NaN);
  });
}
