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
   * @returns Dice of every image, NaN where there is none, and the classifiers of both halves
   */
  readonly measureSegmentability: (
    samples: readonly WorkingSample[],
    seed: number,
    state: Int32Array,
  ) => Promise<{
    readonly dice: Float64Array;
    readonly classifiers: readonly [MeasuredClassifier | null, MeasuredClassifier | null];
  }>;
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
