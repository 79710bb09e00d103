import sharp from 'sharp';
import type { WorkingSample } from '../../contract/dataset.ts';

/** Outline colours that people with any colour vision tell apart: the reference blue, the prediction orange. */
export const OUTLINE = { reference: [86, 180, 233], prediction: [255, 140, 0] } as const;

/** Pixels of the region that touch background above, below, left or right (or the border of the image). */
function outline(region: (pixel: number) => boolean, width: number, height: number): number[] {
  const edge: number[] = [];
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const pixel = y * width + x;
      if (!region(pixel)) continue;
      const inner = x > 0 && y > 0 && x < width - 1 && y < height - 1;
      if (!inner || ![pixel - 1, pixel + 1, pixel - width, pixel + width].every(region)) edge.push(pixel);
    }
  }
  return edge;
}

/**
 * Draws the outlines of the reference mask and of the prediction (foreground probability of at least 0.5) on the image.
 * @param foreground height * width probabilities
 * @returns a PNG, twice the working resolution so that one-pixel outlines stay thin
 */
export async function overlayImage(sample: WorkingSample, foreground: Float32Array): Promise<Buffer> {
  const { width, height, channels, image, mask } = sample;
  const scale = 2;
  const large = { width: width * scale, height: height * scale };
  const pixels = new Uint8Array(large.width * large.height * 3);
  const source = (x: number, y: number): number => Math.floor(y / scale) * width + Math.floor(x / scale);
  for (let y = 0; y < large.height; y++) {
    for (let x = 0; x < large.width; x++) {
      for (let c = 0; c < 3; c++) {
        const value = image[source(x, y) * channels + (channels === 3 ? c : 0)] ?? 0;
        pixels[(y * large.width + x) * 3 + c] = Math.round(255 * Math.max(0, Math.min(1, value)));
      }
    }
  }
  const at = (pixel: number): number => source(pixel % large.width, Math.floor(pixel / large.width));
  const paint = (region: (pixel: number) => boolean, colour: readonly number[]): void => {
    for (const pixel of outline(region, large.width, large.height)) pixels.set(colour, pixel * 3);
  };
  paint((pixel) => mask[at(pixel)] === 1, OUTLINE.reference);
  paint((pixel) => (foreground[at(pixel)] ?? 0) >= 0.5, OUTLINE.prediction);
  return sharp(pixels, { raw: { ...large, channels: 3 } })
    .png()
    .toBuffer();
}
