/** Outline colours that people with any colour vision tell apart: the reference blue, the prediction orange. */
export const OUTLINE = { reference: [86, 180, 233], prediction: [255, 140, 0] } as const;

/**
 * Pixels of a mask that touch background above, below, left or right, or the border of the image.
 * @param mask 0 or 1 a pixel
 */
export function outline(mask: Uint8Array, width: number, height: number): number[] {
  const edge: number[] = [];
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const pixel = y * width + x;
      if (mask[pixel] !== 1) continue;
      const inside =
        x > 0 &&
        y > 0 &&
        x < width - 1 &&
        y < height - 1 &&
        mask[pixel - 1] === 1 &&
        mask[pixel + 1] === 1 &&
        mask[pixel - width] === 1 &&
        mask[pixel + width] === 1;
      if (!inside) edge.push(pixel);
    }
  }
  return edge;
}
