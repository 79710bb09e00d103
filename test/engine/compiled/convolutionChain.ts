import type { LayerBase, LayerDescription } from '#common/network/layerDescription.ts';
import { LayerTable } from '#common/network/layerTable.ts';

/**
 * 3x3 convolutions without activations, so that the smallest rounding does not flip a ReLU: results of different
 * algorithms must then agree to rounding. Wide enough for the Winograd convolution, and odd.
 */
export function convolutionChain(
  channels = 3,
  filters: readonly number[] = [17, 19, 16],
): readonly LayerDescription[] {
  const table = new LayerTable();
  let features: LayerBase = table.input(channels);
  for (const [index, count] of filters.entries())
    features = table.convolution(`conv${index + 1}`, features, count, 3);
  table.convolution('logits', features, 2, 1);
  return table.layers;
}
