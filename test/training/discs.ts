import type { SampleSource, WorkingSample } from '#common/dataset/dataset.ts';
import { Random } from '#common/random.ts';

/** A source of bright noisy discs on a dark ground, drawn anew from its seed at every load. */
export function discs(length: number, side: number, seed: number, channels: 1 | 3 = 1): SampleSource {
  return { length, channels, load: async (index) => drawDisc(side, seed * 1000 + index, channels) };
}

function drawDisc(side: number, seed: number, channels: 1 | 3): WorkingSample {
  const random = Random.fromSeed(seed);
  const radius = side * random.between(0.2, 0.35);
  const [centreX, centreY] = [random.between(0.3, 0.7) * side, random.between(0.3, 0.7) * side];
  const image = new Float32Array(side * side * channels);
  const mask = new Uint8Array(side * side);
  for (let i = 0; i < side * side; i++) {
    const inside = Math.hypot((i % side) - centreX, Math.floor(i / side) - centreY) < radius;
    mask[i] = inside ? 1 : 0;
    for (let c = 0; c < channels; c++)
      image[i * channels + c] = (inside ? 0.6 : 0.3) + random.between(-0.1, 0.1);
  }
  return { name: `disc-${seed}`, width: side, height: side, channels, image, mask };
}
