import type { WorkingSample } from '#common/dataset/dataset.ts';
import { drawPrediction } from './drawPrediction.ts';
import { overlayGround } from './overlayGround.ts';

/**
 * Draws the outlines of the reference mask and of the prediction (foreground probability above the threshold) on the image.
 * @param foreground height * width probabilities
 * @returns a PNG, twice the working resolution so that one-pixel outlines stay thin
 */
export async function overlayImage(sample: WorkingSample, foreground: Float32Array): Promise<Buffer> {
  const ground = await overlayGround(sample, 2);
  return drawPrediction(ground, foreground).png().toBuffer();
}
