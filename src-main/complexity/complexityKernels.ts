import { loadAddon } from '../engine/loadAddon.ts';
import type { WorkingSample } from '#common/dataset/dataset.ts';

/** A sample, and where its 8-bit luminance (height * width) is to be written. */
export type KernelSample = Omit<WorkingSample, 'name'> & { readonly grey: Uint8Array };

/** A pixel classifier as the kernels make it: 43 weights. */
export interface MeasuredClassifier {
  readonly weights: Float64Array;
  readonly intercept: number;
  readonly threshold: number;
}

/** What comes of halving images in one way. */
export interface MeasuredHalves {
  /** Of each image by the classifier of the other half; NaN where there is none. */
  readonly dice: Float64Array;
  /** Of both halves; null for one that saw a single class. */
  readonly classifiers: readonly [MeasuredClassifier | null, MeasuredClassifier | null];
}

interface ComplexityKernels {
  /** Names of the values that measureImages gives per sample, in order. */
  readonly measureNames: readonly string[];
  /** Constants of the kernels, which are part of the recipe. */
  readonly measureParameters: Readonly<Record<string, number>>;
  /**
   * Measures a batch on all cores without blocking the event loop; the arrays must not change meanwhile.
   * Resolves to measureNames.length values per sample, all NaN where an intensity is not finite, and fills every `grey`.
   */
  readonly measureImages: (samples: readonly KernelSample[]) => Promise<Float64Array>;
  /**
   * Linear segmentability (native/segmentability) on all cores without blocking the event loop; the arrays must not change
   * meanwhile. Whoever sets state[0] ends it early, with a result that means nothing; state[1] counts the images that were
   * gone through, each twice.
   * @returns what comes of halving the images into the first half and the second, and into every other one
   */
  readonly measureSegmentability: (
    samples: readonly WorkingSample[],
    seed: number,
    state: Int32Array,
  ) => Promise<readonly [MeasuredHalves, MeasuredHalves]>;
  /** Fills `probabilities`, height * width, with a classifier's logistic value for every pixel. */
  readonly pixelProbabilities: (
    sample: Omit<WorkingSample, 'name' | 'mask'>,
    classifier: Pick<MeasuredClassifier, 'weights' | 'intercept'>,
    probabilities: Float32Array,
  ) => Promise<void>;
  readonly threadCount: () => number;
}

let kernels: ComplexityKernels | undefined;

/** The native kernels of this room, loaded on first use. @throws Error when the addon has not been built. */
export function complexityKernels(): ComplexityKernels {
  kernels ??= loadAddon<ComplexityKernels>();
  return kernels;
}
