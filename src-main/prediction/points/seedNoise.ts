import type { CalibrationPoint } from './calibrationPoints.ts';

/** Spread of Dice over seeds and a dozen test images, from method.md section 6; assumed where no size was run twice. */
export const TYPICAL_SEED_NOISE = 0.025;

/**
 * Variance of one run's Dice around the mean over seeds, pooled over all points and held near the typical noise by
 * four pseudo-observations.
 */
export function seedNoiseVariance(points: readonly CalibrationPoint[]): number {
  let squares = 4 * TYPICAL_SEED_NOISE ** 2;
  let freedom = 4;
  for (const { seeds, spread } of points) {
    if (spread === null) continue;
    squares += (seeds - 1) * spread ** 2;
    freedom += seeds - 1;
  }
  return squares / freedom;
}
