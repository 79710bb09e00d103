import type { TrainingRecipe } from '#common/training/training.ts';
import { IGNORED } from '#common/dataset/marks.ts';
import { evenlySpaced } from '#common/evenlySpaced.ts';
import type { SampleCache } from './sampleCache.ts';

const SAMPLES = 64;
const STRONGEST = 10;

/** Share of foreground among the pixels that count in up to 64 training masks, evenly spaced over the source. */
export async function foregroundShare(cache: SampleCache, signal?: AbortSignal): Promise<number> {
  let foreground = 0;
  let pixels = 0;
  for (const index of evenlySpaced(cache.length, SAMPLES)) {
    const { mask } = await cache.load(index, signal);
    for (const mark of mask) {
      if (mark === 1) foreground += 1;
      if (mark !== IGNORED) pixels += 1;
    }
  }
  return pixels === 0 ? 0 : foreground / pixels;
}

/**
 * Weight of foreground pixels in the cross-entropy. "balanced" is sqrt(background / foreground), between 1/10 and 10:
 * the full ratio makes networks that mark too much, since the Dice loss already answers imbalance.
 * @param share share of foreground pixels, 0 to 1
 */
export function foregroundWeight(setting: TrainingRecipe['foregroundWeight'], share: number): number {
  if (typeof setting === 'number') return setting;
  if (setting === 'none') return 1;
  return Math.min(STRONGEST, Math.max(1 / STRONGEST, Math.sqrt((1 - share) / Math.max(share, 1e-6))));
}

/**
 * Difference of the two output biases at which an untrained network predicts the (weighted) foreground share, so that
 * the first steps are not spent on learning how rare the foreground is (the prior of Lin et al. 2017, RetinaNet).
 */
export function priorLogit(share: number, weight: number): number {
  const foreground = Math.min(Math.max(share, 1e-3), 1 - 1e-3);
  return Math.log((weight * foreground) / (1 - foreground));
}
