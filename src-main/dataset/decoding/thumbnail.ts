import type { Raster } from './raster.ts';

const SIDE = 16;

/** SIDE * SIDE block means of all channels, minus their mean and divided by their norm: correlations are dot products. */
export function thumbnail(raster: Raster): Float32Array {
  const { width, height, channels, data } = raster;
  const sums = new Float64Array(SIDE * SIDE);
  const counts = new Uint32Array(SIDE * SIDE);
  for (let y = 0; y < height; y += 1) {
    const row = Math.floor((y * SIDE) / height) * SIDE;
    for (let x = 0; x < width; x += 1) {
      const cell = row + Math.floor((x * SIDE) / width);
      const from = (y * width + x) * channels;
      for (let channel = 0; channel < channels; channel += 1) {
        sums[cell] = (sums[cell] ?? 0) + (data[from + channel] ?? 0);
      }
      counts[cell] = (counts[cell] ?? 0) + channels;
    }
  }
  const means = Float32Array.from(sums, (sum, cell) => sum / Math.max(1, counts[cell] ?? 0));
  const mean = means.reduce((total, value) => total + value, 0) / means.length;
  const norm = Math.sqrt(means.reduce((total, value) => total + (value - mean) ** 2, 0)) || 1;
  return means.map((value) => (value - mean) / norm);
}

/** Pearson correlation of two thumbnails, -1 to 1. */
export function correlation(a: Float32Array, b: Float32Array): number {
  return a.reduce((sum, value, index) => sum + value * (b[index] ?? 0), 0);
}
