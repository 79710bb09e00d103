import type { Random } from '#common/random.ts';
import type { Jitter } from '../engine/trainingStep.ts';

const CURVE_STEPS = 256;
const GAMMA = 0.7;
const CONTRAST = 0.8;
const BRIGHTNESS = 0.2;

/** How jitterIntensity changes a crop. */
export function drawJitter(random: Random): Jitter {
  const gamma = GAMMA ** random.between(-1, 1);
  const contrast = CONTRAST ** random.between(-1, 1);
  const brightness = random.between(-BRIGHTNESS, BRIGHTNESS);
  return { gamma, contrast, brightness };
}

/** Changes the intensities of one standardised crop in place, at random: see changeIntensity. */
export function jitterIntensity(crop: Float32Array, random: Random): void {
  changeIntensity(crop, drawJitter(random));
}

/**
 * Changes the intensities of one standardised crop in place: gamma in [0.7, 1/0.7] between its darkest and brightest
 * value, then contrast in [0.8, 1.25] and brightness in [-0.2, 0.2] standard deviations, all channels alike.
 */
export function changeIntensity(crop: Float32Array, { gamma, contrast, brightness }: Jitter): void {
  let low = Infinity;
  let high = -Infinity;
  for (let i = 0; i < crop.length; i++) {
    const value = crop[i] ?? 0;
    low = value < low ? value : low;
    high = value > high ? value : high;
  }
  const range = high - low;
  if (!(range > 0)) return;
  // The curve is interpolated from a table: a power per pixel would cost more than a narrow network's whole step.
  const curve = Float32Array.from({ length: CURVE_STEPS + 2 }, (_, i) => {
    const value = low + range * Math.min(1, i / CURVE_STEPS) ** gamma;
    return value * contrast + brightness;
  });
  const scale = CURVE_STEPS / range;
  for (let i = 0; i < crop.length; i++) {
    const position = ((crop[i] ?? 0) - low) * scale;
    // Positions are not negative; unlike Math.floor this gives the compiler a whole number.
    const left = position | 0;
    const from = curve[left] ?? 0;
    crop[i] = from + ((curve[left + 1] ?? from) - from) * (position - left);
  }
}
