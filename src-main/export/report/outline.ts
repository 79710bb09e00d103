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

/** Dark ground beside outlines, by which they show on any stain. */
const RIM = [10, 14, 16] as const;
/** How much of the rim covers what is below it. */
const RIM_OPACITY = 0.6;

/**
 * Draws the outline of a mask into a picture: two pixels wide inside of the object, with a dark rim outside, which leaves lines that are
 * there already as they are.
 * @param pixels height * width * 3 bytes
 * @param mask 0 or 1 a pixel
 */
export function drawOutline(
  pixels: Uint8Array,
  mask: Uint8Array,
  { width, height }: { readonly width: number; readonly height: number },
  colour: readonly [number, number, number],
): void {
  const edge = outline(mask, width, height);
  const inside = mask.slice();
  for (const pixel of edge) inside[pixel] = 0;
  for (const pixel of rimOf(edge, mask, width, height)) darken(pixels, pixel);
  for (const pixel of [...edge, ...outline(inside, width, height)]) pixels.set(colour, pixel * 3);
}

/** Background beside an edge, each pixel once. */
function rimOf(edge: readonly number[], mask: Uint8Array, width: number, height: number): Set<number> {
  const rim = new Set<number>();
  for (const pixel of edge) {
    const [x, y] = [pixel % width, Math.floor(pixel / width)];
    if (x > 0 && mask[pixel - 1] !== 1) rim.add(pixel - 1);
    if (x < width - 1 && mask[pixel + 1] !== 1) rim.add(pixel + 1);
    if (y > 0 && mask[pixel - width] !== 1) rim.add(pixel - width);
    if (y < height - 1 && mask[pixel + width] !== 1) rim.add(pixel + width);
  }
  return rim;
}

function darken(pixels: Uint8Array, pixel: number): void {
  const is = (colour: readonly number[]): boolean =>
    colour.every((value, i) => pixels[3 * pixel + i] === value);
  if (is(OUTLINE.reference) || is(OUTLINE.prediction)) return;
  for (let i = 0; i < 3; i += 1) {
    const below = pixels[3 * pixel + i] ?? 0;
    pixels[3 * pixel + i] = Math.round(below + RIM_OPACITY * ((RIM[i] ?? 0) - below));
  }
}
