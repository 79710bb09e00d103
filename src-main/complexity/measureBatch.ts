import { MEASURES, type Complexity } from '#common/dataset/complexity.ts';
import { objectMask } from '#common/dataset/marks.ts';
import type { WorkingSample } from '#common/dataset/dataset.ts';
import { CcnetError } from '#common/errors.ts';
import type { FactsOf } from '#common/failures/failures.ts';
import { complexityKernels, type KernelSample } from './complexityKernels.ts';
import { jpegComplexity } from './jpegComplexity.ts';

/** Longest side that a JPEG can have. */
const MAX_SIDE = 65_535;

/**
 * Measures several images at once, spread over all cores; docs/complexity.md defines every measure.
 * The samples' arrays must not change before the promise settles.
 * @returns one value of every measure per sample, in order; the same at any number of threads.
 * @throws sample-unusable naming the first sample that has no pixels, arrays of a wrong length, a side above
 * 65,535 pixels or an intensity that is not finite.
 */
export async function measureBatch(samples: readonly WorkingSample[]): Promise<Complexity[]> {
  for (const sample of samples) assertMeasurable(sample);
  const inputs = samples.map((sample): KernelSample => ({
    ...sample,
    mask: objectMask(sample.mask),
    grey: new Uint8Array(sample.mask.length),
  }));
  const { measureImages, measureNames } = complexityKernels();
  const values = await measureImages(inputs);
  return Promise.all(
    inputs.map(async ({ grey, width, height }, i) => {
      const own = values.subarray(i * measureNames.length, (i + 1) * measureNames.length);
      if (own.some(Number.isNaN)) {
        const sample = samples[i]?.name ?? '';
        throw new CcnetError('sample-unusable', { sample, why: 'not-finite', detail: null });
      }
      const byName = new Map(measureNames.map((name, m) => [name, own[m] ?? NaN]));
      byName.set('jpeg', await jpegComplexity(grey, width, height));
      return Object.fromEntries(MEASURES.map((name) => [name, byName.get(name) ?? NaN])) as Complexity;
    }),
  );
}

function assertMeasurable({ name, width, height, channels, image, mask }: WorkingSample): void {
  const pixels = width * height;
  const unusable = (why: FactsOf<'sample-unusable'>['why'], detail: string): CcnetError =>
    new CcnetError('sample-unusable', { sample: name, why, detail });
  if (!(width >= 1 && height >= 1)) {
    throw unusable('no-pixels', `${width} x ${height}`);
  }
  if (Math.max(width, height) > MAX_SIDE) {
    throw unusable('too-long', `${width} x ${height} pixels; at most ${MAX_SIDE}`);
  }
  if (image.length !== pixels * channels || mask.length !== pixels) {
    const found = `${image.length} intensities and ${mask.length} mask pixels`;
    throw unusable('miscounted', `${found}, not ${width} x ${height} x ${channels}`);
  }
}
