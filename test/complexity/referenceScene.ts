import type { WorkingSample } from '#common/dataset/dataset.ts';

export interface SceneRecipe {
  readonly name: string;
  readonly width: number;
  readonly height: number;
  readonly channels: 1 | 3;
  readonly seed: number;
  readonly discs: number;
  readonly radius: number;
  /** Largest noise added to a pixel, in grey levels. */
  readonly noise: number;
}

/**
 * Discs of two brightnesses on a ramp, with noise, in integer arithmetic alone, so that reference.py draws the same pixels.
 */
export function referenceScene(recipe: SceneRecipe): WorkingSample {
  const { name, width, height, channels, discs, radius, noise } = recipe;
  let state = recipe.seed;
  const below = (limit: number): number => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return (state >>> 8) % limit;
  };
  const mask = new Uint8Array(width * height);
  const base = new Uint8Array(width * height);
  for (let i = 0; i < discs; i++) {
    const [cx, cy, r, level] = [below(width), below(height), 1 + below(radius), 60 + below(90)];
    for (let y = 0; y < height; y++) {
      for (let x = 0; x < width; x++) {
        if ((x - cx) ** 2 + (y - cy) ** 2 > r * r) continue;
        mask[y * width + x] = 1;
        base[y * width + x] = level;
      }
    }
  }
  const image = new Float32Array(width * height * channels);
  for (let p = 0; p < width * height; p++) {
    const x = p % width;
    const level = 20 + (base[p] ?? 0) + Math.floor((40 * x) / width) + below(noise + 1);
    image[p * channels] = level / 255;
    for (let c = 1; c < channels; c++) image[p * channels + c] = ((level * (c + 1)) % 256) / 255;
  }
  return { name, width, height, channels, image, mask };
}
