import { PREPARATION } from '#common/preparation/preparation.ts';

/**
 * Shifts and scales each channel of one image to zero mean and unit variance over its pixels.
 * @param image pixels * channels intensities, channel-last
 */
export function standardise(image: Float32Array, channels: number): Float32Array {
  const pixels = image.length / channels;
  const result = new Float32Array(image.length);
  for (let c = 0; c < channels; c++) {
    let sum = 0;
    for (let i = c; i < image.length; i += channels) sum += image[i] ?? 0;
    const mean = sum / pixels;
    let squares = 0;
    for (let i = c; i < image.length; i += channels) squares += ((image[i] ?? 0) - mean) ** 2;
    const scale = 1 / Math.max(PREPARATION.leastDeviation, Math.sqrt(squares / pixels));
    for (let i = c; i < image.length; i += channels) result[i] = ((image[i] ?? 0) - mean) * scale;
  }
  return result;
}
