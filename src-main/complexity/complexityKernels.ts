import { loadAddon } from '../../native/loadAddon.ts';
import type { WorkingSample } from '#common/dataset/dataset.ts';

/** A sample, and where its 8-bit luminance (height * width) is to be written. */
export type KernelSample = Omit<WorkingSample, 'name'> & { readonly grey: Uint8Array };

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
  readonly threadCount: () => number;
}

let kernels: ComplexityKernels | undefined;

/** The native kernels of this room, loaded on first use. @throws Error when the addon has not been built. */
export function complexityKernels(): ComplexityKernels {
  kernels ??= loadAddon<ComplexityKernels>();
  return kernels;
}
