import type { LayerDescription } from '#common/network/layerDescription.ts';
import type { StepOrder } from '../../../src-main/engine/trainingStep.ts';
import { firstWeights } from '../../../src-main/network/firstWeights.ts';

/** The order of a step for a layer table, with weights drawn from the seed. */
export function stepOrder(
  layers: readonly LayerDescription[],
  { seed = 1, foregroundWeight = 1 }: { readonly seed?: number; readonly foregroundWeight?: number } = {},
): StepOrder {
  return { layers, weights: firstWeights(layers, seed), loss: { foregroundWeight }, seed };
}
