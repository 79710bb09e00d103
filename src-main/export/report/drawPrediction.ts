import { PREPARATION } from '#common/preparation/preparation.ts';
import { sharp } from '../../dataset/decoding/imageDecoder.ts';
import { resizeMask } from '../../dataset/working/resizeMask.ts';
import { drawOutline, OUTLINE } from './outline.ts';
import type { OverlayGround } from './overlayGround.ts';

/**
 * The ground with the outline of what a network found (foreground probability above the threshold), to be encoded.
 * @param foreground probabilities, one per pixel of the sample
 */
export function drawPrediction(ground: OverlayGround, foreground: Float32Array): ReturnType<typeof sharp> {
  const { width, height, sample } = ground;
  const found = resizeMask(marked(foreground), sample, { width, height });
  const pixels = ground.pixels.slice();
  drawOutline(pixels, found, { width, height }, OUTLINE.prediction);
  return sharp(pixels, { raw: { width, height, channels: 3 } });
}

function marked(foreground: Float32Array): Uint8Array {
  const mask = new Uint8Array(foreground.length);
  for (let i = 0; i < mask.length; i++) mask[i] = (foreground[i] ?? 0) > PREPARATION.threshold ? 1 : 0;
  return mask;
}
