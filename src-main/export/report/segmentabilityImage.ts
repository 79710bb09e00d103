import type { WorkingSample } from '#common/dataset/dataset.ts';
import { sharp } from '../../dataset/decoding/imageDecoder.ts';
import { overlayGround } from './overlayGround.ts';

const GAP = 8;

/**
 * An image with the outline of its mask, and beside it how likely brightness, colour and texture say that each pixel is foreground: black never,
 * white surely.
 * @param probabilities height * width
 * @returns a PNG
 */
export async function segmentabilityImage(
  sample: WorkingSample,
  probabilities: Float32Array,
): Promise<Uint8Array> {
  const { width, height, pixels } = await overlayGround(sample, 1);
  // Storing into a clamped array rounds and clips.
  const grey = Uint8ClampedArray.from(probabilities, (value) => value * 255);
  const across = 2 * width + GAP;
  const both = new Uint8Array(across * height * 3).fill(255);
  for (let y = 0; y < height; y++) {
    both.set(pixels.subarray(y * width * 3, (y + 1) * width * 3), y * across * 3);
    for (let x = 0; x < width; x++) {
      const right = 3 * (y * across + width + GAP + x);
      both.fill(grey[y * width + x] ?? 0, right, right + 3);
    }
  }
  return sharp(both, { raw: { width: across, height, channels: 3 } })
    .png()
    .toBuffer();
}
