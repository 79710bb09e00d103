import { levelScale } from '../../src-main/prediction/curves/levelScale.ts';
import type { DatasetCurve } from '../../src-main/prediction/curves/datasetCurve.ts';
import { featuresOf } from '../../src-main/prediction/points/measureScale.ts';

/** Known truth from which calibrations are drawn: what a predictor should find. */
export interface Truth {
  readonly datasets: number;
  readonly widths: readonly number[];
  /** Standard deviation of the wide networks' Dice between datasets that nothing explains; this and the next two where a Dice of .5 is expected. */
  readonly levelSpread: number;
  /** Dice by which the level rises per standard deviation of segmentability. */
  readonly levelBySegmentability: number;
  /** Dice by which the drop to width 1 grows per standard deviation of log2 thinness. */
  readonly dropByThinness: number;
  /** Standard deviation of that drop which nothing explains. */
  readonly dropSpread: number;
  /** Standard deviation of one run. */
  readonly noise: number;
  /** Natural logarithm by which all of these grow per standard deviation of log2 thinness. */
  readonly strayingByThinness: number;
}

export const TRUTH: Truth = {
  datasets: 9,
  widths: [1, 2, 4, 8, 16, 32],
  levelSpread: 0.09,
  levelBySegmentability: 0,
  dropByThinness: 0,
  dropSpread: 0.07,
  noise: 0.04,
  strayingByThinness: 0,
};

/** Seeded generator of uniform numbers in [0, 1): SplitMix-like mixing of a 32-bit counter. */
export function uniform(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x9e3779b9) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 16), 0x85ebca6b);
    mixed = Math.imul(mixed ^ (mixed >>> 13), 0xc2b2ae35);
    return ((mixed ^ (mixed >>> 16)) >>> 0) / 2 ** 32;
  };
}

/** Standard normal numbers (Box and Muller). */
export function normal(random: () => number): () => number {
  return () => Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
}

/** One calibration drawn from the truth; segmentability and thinness may matter, the other measures are noise. */
export function drawCurves(truth: Truth, seed: number): DatasetCurve[] {
  const gauss = normal(uniform(seed));
  const clip = (value: number): number => Math.min(1, Math.max(0, value));
  return Array.from({ length: truth.datasets }, (_, index) => {
    const [ease, thin] = [gauss(), gauss()];
    const blobDensity = 2 ** (-2.5 + gauss());
    const thinness = 2 ** (-3 + thin);
    const features = featuresOf({
      mean: {
        jpeg: 0.15 + 0.05 * gauss(),
        blobDensity,
        boundaryDensity: thinness * blobDensity,
        intensitySeparability: 0.6 + 0.1 * gauss(),
      },
      segmentability: 0.55 + 0.15 * ease,
    });
    const expected = 0.75 + truth.levelBySegmentability * ease;
    const scale = levelScale(expected) * Math.exp(truth.strayingByThinness * thin);
    const level = expected + scale * truth.levelSpread * gauss();
    const drop = 0.18 + truth.dropByThinness * thin + scale * truth.dropSpread * gauss();
    return {
      dataset: `dataset-${String(index).padStart(3, '0')}`,
      name: `dataset ${index}`,
      related: `dataset-${index}`,
      features,
      sizes: truth.widths.map((width) => {
        const accuracy = level - drop / width;
        const dice = clip(accuracy + scale * truth.noise * gauss());
        const validation = clip(accuracy + scale * truth.noise * gauss());
        return { width, dice, validation, runs: 1, each: [dice] };
      }),
    };
  });
}
