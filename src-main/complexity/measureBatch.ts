import { MEASURES, type Complexity } from '#common/dataset/complexity.ts';
import type { WorkingSample } from '#common/dataset/dataset.ts';
import { complexityKernels, type KernelSample } from './complexityKernels.ts';
import { jpegComplexity } from './jpegComplexity.ts';
import { UnusableSampleError } from './unusableSampleError.ts';

/** Longest side that a JPEG can have. */
const MAX_SIDE = 65_535;

/**
 * Measures several images at once, spread over all cores; docs/complexity.md defines every measure.
 * The samples' arrays must not change before the promise settles.
 * @returns one value of every measure per sample, in order; the same at any number of threads.
 * @throws UnusableSampleError naming the first sample that has no pixels, arrays of a wrong length, a side above
 * 65,535 pixels or an intensity that is not finite.
 */
export async function measureBatch(samples: readonly WorkingSample[]): Promise<Complexity[]> {
  for (const sample of samples) assertMeasurable(sample);
  const inputs = samples.map((sample): KernelSample => ({
    ...sample,
    grey: new Uint8Array(sample.mask.length),
  }));
  const { measureImages, measureNames } = complexityKernels();
  const values = await measureImages(inputs);
  return Promise.all(
    inputs.map(async ({ grey, width, height }, i) => {
      const own = values.subarray(i * measureNames.length, (i + 1) * measureNames.length);
      if (own.some(Number.isNaN)) {
        throw new UnusableSampleError(
          samples[i]?.name ?? '',
          'it holds intensities that are not finite numbers',
          'Open the file in the program that wrote it and replace NaN and infinite values, or leave the image out.',
        );
      }
      const byName = new Map(measureNames.map((name, m) => [name, own[m] ?? NaN]));
      byName.set('jpeg', await jpegComplexity(grey, width, height));
      return Object.fromEntries(MEASURES.map((name) => [name, byName.get(name) ?? NaN])) as Complexity;
    }),
  );
}

function assertMeasurable({ name, width, height, channels, image, mask }: WorkingSample): void {
  const pixels = width * height;
  const remedy = 'Check the image file with "ccnet dataset check", and leave it out if it is damaged.';
  if (!(width >= 1 && height >= 1)) {
    throw new UnusableSampleError(name, `it has no pixels (${width} x ${height})`, remedy);
  }
  if (Math.max(width, height) > MAX_SIDE) {
    const problem = `a side is longer than ${MAX_SIDE} pixels (${width} x ${height})`;
    throw new UnusableSampleError(name, problem, 'Choose a smaller working resolution.');
  }
  if (image.length !== pixels * channels || mask.length !== pixels) {
    const problem = `${image.length} intensities and ${mask.length} mask pixels do not make ${width} x ${height} x ${channels}`;
    throw new UnusableSampleError(name, problem, remedy);
  }
}
