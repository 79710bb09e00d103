/** A generated image with its exact ground truth. */
export interface SyntheticImage {
  /** Side in pixels; images are square. */
  readonly side: number;
  readonly channels: 1 | 3;
  /** side * side * channels, 8-bit, channel-last. */
  readonly pixels: Uint8Array;
  /** side * side, 255 foreground, 0 background. */
  readonly mask: Uint8Array;
}

/** Source of uniform numbers in [0, 1). */
export type Random = () => number;

/** mulberry32: a small generator with 32 bits of state, good enough for pictures; equal seeds give equal pictures. */
export function pictureRandom(seed: number): Random {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = Math.imul(state ^ (state >>> 15), state | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
}

/** Standard normal deviate by Box and Muller. */
export function gaussian(random: Random): number {
  return Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
}

/**
 * Colours a grey plane: `shade` (0 to 1 per pixel) blends each channel from `dark` to `light` (0 to 255 per channel),
 * with Gaussian noise of `noise` grey levels.
 */
export function colourPlane(
  shade: Float32Array,
  dark: readonly number[],
  light: readonly number[],
  noise: number,
  random: Random,
): Uint8Array {
  const channels = dark.length;
  const pixels = new Uint8Array(shade.length * channels);
  shade.forEach((value, index) => {
    for (let c = 0; c < channels; c++) {
      const from = dark[c] ?? 0;
      const level = from + ((light[c] ?? 0) - from) * value + noise * gaussian(random);
      pixels[index * channels + c] = Math.max(0, Math.min(255, Math.round(level)));
    }
  });
  return pixels;
}
