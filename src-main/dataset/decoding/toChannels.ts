import { PREPARATION } from '#common/preparation/preparation.ts';

const LUMINANCE = PREPARATION.luminance;

/**
 * Turns channel-last intensities of `from` channels into `to` channels: luminance for 3 to 1, copies for 1 to 3.
 */
export function toChannels(values: Float32Array, from: 1 | 3, to: 1 | 3): Float32Array {
  if (from === to) return values;
  const pixels = values.length / from;
  const converted = new Float32Array(pixels * to);
  for (let pixel = 0; pixel < pixels; pixel += 1) {
    if (to === 3) converted.fill(values[pixel] ?? 0, pixel * 3, pixel * 3 + 3);
    else {
      converted[pixel] =
        LUMINANCE[0] * (values[pixel * 3] ?? 0) +
        LUMINANCE[1] * (values[pixel * 3 + 1] ?? 0) +
        LUMINANCE[2] * (values[pixel * 3 + 2] ?? 0);
    }
  }
  return converted;
}
