import type { Raster } from './raster.ts';

export const FINE_SIDE = 32;
/** Medians beyond which a value counts no more. */
const CLIPPED = 2;

/**
 * What is left of an image of 32 x 32 block means when each block's surroundings are taken away: its fine structure without light and shade. Scaled to
 * whole numbers of one byte, the strongest 127; all zero where there is none.
 */
export function fineThumbnail({ width, height, channels, data }: Raster): Int8Array {
  const cells = FINE_SIDE * FINE_SIDE;
  const sums = new Float64Array(cells);
  const counts = new Uint32Array(cells);
  for (let y = 0; y < height; y += 1) {
    const row = Math.floor((y * FINE_SIDE) / height) * FINE_SIDE;
    for (let x = 0; x < width; x += 1) {
      const cell = row + Math.floor((x * FINE_SIDE) / width);
      const from = (y * width + x) * channels;
      for (let channel = 0; channel < channels; channel += 1)
        sums[cell] = (sums[cell] ?? 0) + (data[from + channel] ?? 0);
      counts[cell] = (counts[cell] ?? 0) + channels;
    }
  }
  for (let cell = 0; cell < cells; cell += 1) sums[cell] = (sums[cell] ?? 0) / Math.max(1, counts[cell] ?? 0);
  const fine = new Float64Array(cells);
  for (let cell = 0; cell < cells; cell += 1) fine[cell] = (sums[cell] ?? 0) - around(sums, cell);
  const sizes = Float64Array.from(fine, Math.abs).sort();
  // A rim around the picture, of which all images of an instrument have the same, must not drown what is in it.
  const most = CLIPPED * (sizes[cells >> 1] || (sizes[cells - 1] ?? 0));
  const limited = (value: number): number => Math.min(1, Math.max(-1, value / most));
  return Int8Array.from(fine, (value) => (most > 0 ? Math.round(limited(value) * 127) : 0));
}

/** Mean of a cell and its neighbours, as far as there are any. */
function around(means: Float64Array, cell: number): number {
  const [x, y] = [cell % FINE_SIDE, Math.floor(cell / FINE_SIDE)];
  let [sum, count] = [0, 0];
  for (let down = Math.max(0, y - 1); down <= Math.min(FINE_SIDE - 1, y + 1); down += 1) {
    for (let across = Math.max(0, x - 1); across <= Math.min(FINE_SIDE - 1, x + 1); across += 1) {
      sum += means[down * FINE_SIDE + across] ?? 0;
      count += 1;
    }
  }
  return sum / count;
}

/** Cosine of two of them, -1 to 1; 0 where one is empty. */
export function fineLikeness(a: Int8Array, b: Int8Array): number {
  let [product, one, other] = [0, 0, 0];
  for (let cell = 0; cell < a.length; cell += 1) {
    const [p, q] = [a[cell] ?? 0, b[cell] ?? 0];
    product += p * q;
    one += p * p;
    other += q * q;
  }
  return one === 0 || other === 0 ? 0 : product / Math.sqrt(one * other);
}
