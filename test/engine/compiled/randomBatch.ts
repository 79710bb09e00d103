import type { Batch } from '../../../src-main/engine/trainingStep.ts';

/** Standardised noise with a bright disc per image, whose mask is the disc; the same for equal seeds. */
export function randomBatch(size: number, height: number, width: number, channels: number, seed = 1): Batch {
  let state = seed >>> 0;
  const random = () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 4294967296;
  };
  const images = new Float32Array(size * height * width * channels);
  const masks = new Uint8Array(size * height * width);
  for (let n = 0, p = 0; n < size; n++) {
    const [cy, cx, radius] = [random() * height, random() * width, (0.2 + 0.2 * random()) * height];
    for (let y = 0; y < height; y++) {
      for (let x = 0; x < width; x++, p++) {
        const inside = Math.hypot(y - cy, x - cx) < radius;
        masks[p] = inside ? 1 : 0;
        for (let c = 0; c < channels; c++) {
          images[p * channels + c] = (random() - 0.5) * 2 + (inside ? 0.7 : -0.3);
        }
      }
    }
  }
  return { size, height, width, channels, images, masks };
}
