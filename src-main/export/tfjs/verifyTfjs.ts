import { tensor4d, type Tensor } from '@tensorflow/tfjs-core';
import type { LayersModel } from '@tensorflow/tfjs-layers';
import { type VerificationImage, verify } from '../verification.ts';

/**
 * Runs a TensorFlow.js model, that was read back, on images on the backend in use and compares it with the trained network.
 * @returns the largest difference in foreground probability.
 * @throws export-differs when it is above EXPORT_TOLERANCE.
 */
export async function verifyTfjs(
  file: string,
  model: LayersModel,
  images: readonly VerificationImage[],
  signal?: AbortSignal,
): Promise<number> {
  return verify(file, images, (image) => run(model, image), signal);
}

async function run(
  model: LayersModel,
  { height, width, channels, image }: VerificationImage,
): Promise<(pixel: number) => number> {
  const input = tensor4d(image, [1, height, width, channels]);
  const output = model.predict(input) as Tensor;
  const classes = output.shape[3] ?? 2;
  const probabilities = await output.data<'float32'>();
  input.dispose();
  output.dispose();
  return (pixel) => probabilities[pixel * classes + 1] ?? Number.NaN;
}
