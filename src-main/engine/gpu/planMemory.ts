import type { LayerDescription } from '#common/network/layerDescription.ts';
import type { BatchShape } from './plan/mapSizes.ts';
import { placeBuffers } from './plan/placeBuffers.ts';
import { planInference, planTraining } from './plan/planGpu.ts';
import { weightPlaces } from './plan/weightPlaces.ts';

/** Bytes of a card that a network takes for batches of one shape, by the plan that would run; nothing is allocated. */
export interface GpuMemory {
  /** Activations, gradients and tables. */
  readonly planBytes: number;
  /** Weights, and Adam's moments. */
  readonly weightBytes: number;
  /** The largest single buffer, which a card must be able to bind. */
  readonly largestBytes: number;
}

/** @throws Error that says what does not fit the shape */
export function planGpuMemory(
  layers: readonly LayerDescription[],
  shape: BatchShape & { readonly training: boolean },
): GpuMemory {
  const plan = shape.training ? planTraining(layers, shape, 1) : planInference(layers, shape);
  const weights = weightPlaces(layers);
  const { sizes } = placeBuffers(plan);
  // What the host sends: images, and a mark for each of their pixels.
  const imageBytes =
    shape.size * shape.height * shape.width * (4 * (layers[0]?.channels ?? 0) + Number(shape.training));
  return {
    planBytes: sizes.reduce((sum, bytes) => sum + bytes, 0) + imageBytes,
    weightBytes: 4 * (weights.size + 2 * weights.trainable),
    largestBytes: Math.max(4 * weights.size, ...sizes),
  };
}
