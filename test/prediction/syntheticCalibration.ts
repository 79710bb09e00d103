import type { CalibrationPoint } from '../../src-main/prediction/points/calibrationPoints.ts';
import type { Features } from '../../src-main/prediction/points/measureScale.ts';

/** Known truth from which calibrations are drawn: what a predictor should find. */
export interface Truth {
  readonly datasets: number;
  readonly log2Alphas: readonly number[];
  /** Standard deviation of the base network's Dice between datasets. */
  readonly levelSpread: number;
  /** Dice by which the drop to the narrowest network shrinks per standard deviation of log2 blob density. */
  readonly dropByBlobDensity: number;
  /** Standard deviation of that drop which nothing explains. */
  readonly dropSpread: number;
  /** Standard deviation of one run. */
  readonly noise: number;
}

export const TRUTH: Truth = {
  datasets: 9,
  log2Alphas: [0, -1, -2, -3, -4, -5],
  levelSpread: 0.07,
  dropByBlobDensity: 0,
  dropSpread: 0.03,
  noise: 0.025,
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

/** One calibration drawn from the truth; blob density is the only measure that can matter, the others are noise. */
export function drawCalibration(truth: Truth, seed: number): CalibrationPoint[] {
  const gauss = normal(uniform(seed));
  const narrowest = Math.min(...truth.log2Alphas);
  return Array.from({ length: truth.datasets }, (_, index) => {
    const z = gauss();
    const features: Features = {
      jpeg: 0.15 + 0.05 * gauss(),
      blobDensity: 2 ** (-2.5 + z),
      entropy: 6 + gauss(),
      medianFrequency: 0.1 + 0.02 * gauss(),
      boundaryDensity: 2 ** (-5 + gauss()),
    };
    const base = 0.78 + truth.levelSpread * gauss();
    const drop = 0.08 - truth.dropByBlobDensity * z + truth.dropSpread * gauss();
    return truth.log2Alphas.map((log2Alpha): CalibrationPoint => {
      const shape = (2 ** (-0.5 * log2Alpha) - 1) / (2 ** (-0.5 * narrowest) - 1);
      return {
        dataset: `dataset-${String(index).padStart(3, '0')}`,
        datasetName: `dataset ${index}`,
        features,
        log2Alpha,
        log2Parameters: 21 + 2 * log2Alpha,
        dice: Math.min(1, Math.max(0, base - drop * shape + truth.noise * gauss())),
        seeds: 1,
        spread: null,
      };
    });
  }).flat();
}

/** Parameters that go with `drawCalibration`. */
export function parametersOf(alpha: number): number {
  return 2 ** 21 * alpha ** 2;
}
