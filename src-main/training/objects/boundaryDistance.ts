/** Above this many pixels the distance is not measured: its maps would take more memory than the network. */
const MOST_PIXELS = 32e6;

/**
 * Average symmetric distance of the outlines of two masks: the mean, over the outline pixels of both, of the distance to the nearest
 * outline pixel of the other. The border of the image is no outline, nor is that of pixels that do not count.
 * @param a height * width: 0 background, 1 foreground, 2 does not count; `b` alike
 * @returns pixels; null where a mask has no outline, or the image more than 32 million pixels
 */
export function boundaryDistance(a: Uint8Array, b: Uint8Array, width: number, height: number): number | null {
  if (a.length > MOST_PIXELS) return null;
  const [outlineA, outlineB] = [outlinePixels(a, width, height), outlinePixels(b, width, height)];
  if (outlineA.length === 0 || outlineB.length === 0) return null;
  const sum = distanceSum(outlineA, outlineB, width, height) + distanceSum(outlineB, outlineA, width, height);
  return sum / (outlineA.length + outlineB.length);
}

/** Foreground pixels with background above, below, left or right, inside of the image. */
function outlinePixels(mask: Uint8Array, width: number, height: number): number[] {
  const pixels: number[] = [];
  for (let y = 0; y < height; y += 1) {
    for (let x = 0; x < width; x += 1) {
      const at = y * width + x;
      if (mask[at] !== 1) continue;
      const edge =
        (x > 0 && mask[at - 1] === 0) ||
        (x < width - 1 && mask[at + 1] === 0) ||
        (y > 0 && mask[at - width] === 0) ||
        (y < height - 1 && mask[at + width] === 0);
      if (edge) pixels.push(at);
    }
  }
  return pixels;
}

function distanceSum(from: readonly number[], to: readonly number[], width: number, height: number): number {
  const squared = squaredDistances(to, width, height);
  return from.reduce((sum, at) => sum + Math.sqrt(squared[at] ?? 0), 0);
}

/**
 * Squared Euclidean distance of every pixel to the nearest of some, exactly: lower envelopes of parabolas along columns, then rows
 * (Felzenszwalb and Huttenlocher, Distance transforms of sampled functions, 2012).
 */
function squaredDistances(pixels: readonly number[], width: number, height: number): Float32Array {
  const map = new Float32Array(width * height).fill(Infinity);
  for (const at of pixels) map[at] = 0;
  const envelope = lowerEnvelope(Math.max(width, height));
  for (let x = 0; x < width; x += 1) envelope(map, x, width, height);
  for (let y = 0; y < height; y += 1) envelope(map, y * width, 1, width);
  return map;
}

/** Replaces a line of a map by the least of (i - j)^2 + line[j] over j, with buffers for lines of `longest` values. */
function lowerEnvelope(longest: number) {
  const line = new Float64Array(longest);
  const vertices = new Int32Array(longest);
  const bounds = new Float64Array(longest + 1);
  return (map: Float32Array, start: number, stride: number, length: number): void => {
    let last = -1;
    for (let i = 0; i < length; i += 1) {
      const value = map[start + i * stride] ?? Infinity;
      line[i] = value;
      if (value === Infinity) continue;
      let bound = -Infinity;
      while (last >= 0) {
        const vertex = vertices[last] ?? 0;
        bound = (value + i * i - ((line[vertex] ?? 0) + vertex * vertex)) / (2 * (i - vertex));
        if (bound > (bounds[last] ?? 0)) break;
        last -= 1;
      }
      if (last < 0) bound = -Infinity;
      last += 1;
      vertices[last] = i;
      bounds[last] = bound;
    }
    if (last < 0) return;
    bounds[last + 1] = Infinity;
    for (let i = 0, at = 0; i < length; i += 1) {
      while ((bounds[at + 1] ?? Infinity) < i) at += 1;
      const vertex = vertices[at] ?? 0;
      map[start + i * stride] = (i - vertex) ** 2 + (line[vertex] ?? 0);
    }
  };
}
