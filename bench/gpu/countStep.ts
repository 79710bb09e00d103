import type { LayerDescription } from '#common/network/layerDescription.ts';
import { networkWeights, sizeOf } from '#common/network/layerWeights.ts';
import { shaderText } from '../../src-main/engine/gpu/kernels/kernel.ts';
import type { BatchShape } from '../../src-main/engine/gpu/plan/mapSizes.ts';
import { planTraining } from '../../src-main/engine/gpu/plan/planGpu.ts';
import { planGpuMemory } from '../../src-main/engine/gpu/planMemory.ts';

/** What a training step takes, known without a card. */
export interface StepCounts {
  readonly dispatches: number;
  /** Different kernels, which are compiled once. */
  readonly kernels: number;
  /** Characters of their text. */
  readonly characters: number;
  /** Bytes taken from memory and put there, each buffer once a dispatch, as if nothing stayed in a cache. */
  readonly bytes: number;
  /** The least that is possible, see leastFloats. */
  readonly leastBytes: number;
  readonly multiplyAdds: number;
  readonly memoryBytes: number;
  readonly largestBytes: number;
}

export function countStep(layers: readonly LayerDescription[], shape: BatchShape): StepCounts {
  const { dispatches } = planTraining(layers, shape, 1);
  const sum = (of: (dispatch: (typeof dispatches)[number]) => number): number =>
    dispatches.reduce((total, dispatch) => total + of(dispatch), 0);
  const kernels = new Map(dispatches.map(({ kernel }) => [kernel.label, kernel]));
  const { planBytes, weightBytes, largestBytes } = planGpuMemory(layers, { ...shape, training: true });
  return {
    dispatches: dispatches.length,
    kernels: kernels.size,
    characters: [...kernels.values()].reduce((total, kernel) => total + shaderText(kernel).length, 0),
    bytes: 4 * sum(({ traffic }) => traffic),
    leastBytes: 4 * leastFloats(layers, shape),
    multiplyAdds: sum(({ products }) => products),
    memoryBytes: planBytes + weightBytes,
    largestBytes,
  };
}

/**
 * The least traffic of a step whose maps do not stay in a cache, everything between two convolutions being done in passing: the output
 * of each convolution is written once, and read by the next, by that one's filter gradient, and by its own backward pass;
 * its gradient is written and read once: six times its size. The image is read twice. Weights are read forward and backward, their
 * gradients written and read, weights and both moments read and written by Adam: ten times their number.
 */
function leastFloats(layers: readonly LayerDescription[], { size, height, width }: BatchShape): number {
  const pixels = size * height * width;
  const maps = layers
    .filter(({ kind }) => kind === 'convolution' || kind === 'transposed')
    .reduce((sum, { channels, reduction }) => sum + (channels * pixels) / reduction ** 2, 0);
  const weights = networkWeights(layers).reduce((sum, { shape }) => sum + sizeOf(shape), 0);
  return 6 * maps + 2 * pixels * (layers[0]?.channels ?? 0) + 10 * weights;
}
