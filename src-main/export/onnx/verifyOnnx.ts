import type { InferenceSession } from 'onnxruntime-web';
import { type VerificationImage, verify } from '../verification.ts';

/**
 * Runs an ONNX file in onnxruntime on images and compares it with the trained network.
 * @param input name of the file's input
 * @returns the largest difference in foreground probability.
 * @throws export-differs when it is above EXPORT_TOLERANCE.
 */
export async function verifyOnnx(
  file: string,
  bytes: Uint8Array,
  images: readonly VerificationImage[],
  signal?: AbortSignal,
  input = 'image',
): Promise<number> {
  // Loaded for this alone: 40 ms of every other command.
  const { InferenceSession } = await import('onnxruntime-web');
  const session = await InferenceSession.create(bytes, { executionProviders: ['wasm'] });
  try {
    return await verify(file, images, (image) => run(session, input, image), signal);
  } finally {
    await session.release();
  }
}

async function run(
  session: InferenceSession,
  input: string,
  { height, width, channels, image }: VerificationImage,
): Promise<(pixel: number) => number> {
  const pixels = height * width;
  const planar = Float32Array.from(
    image,
    (_, i) => image[(i % pixels) * channels + Math.floor(i / pixels)] ?? 0,
  );
  const { Tensor } = await import('onnxruntime-web');
  const output = await session.run({ [input]: new Tensor('float32', planar, [1, channels, height, width]) });
  const probabilities = output['probabilities']?.data;
  // Plane 1 of [1, classes, H, W] is the foreground.
  return (pixel) => Number(probabilities?.[pixels + pixel]);
}
