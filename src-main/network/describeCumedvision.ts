import type { FilterScale } from './filterScale.ts';
import type { LayerBase } from '#common/network/layerDescription.ts';
import { LayerTable } from '#common/network/layerTable.ts';
import { vggTrunk } from './vggTrunk.ts';

/**
 * CUMedVision (Chen et al., "Deep contextual networks for neuronal structure segmentation", AAAI 2016): a VGG-like way
 * down, classifiers at its three deepest levels (1/8, 1/16 and 1/32 of the resolution), each brought to full
 * resolution by a transposed convolution, and their sum as the logits.
 *
 * Ours, where the paper leaves room or we differ: VGG-16 stages plus a sixth of two convolutions with 16 width filters;
 * batch norm; a 1x1 score before each bilinear-initialised transposed convolution (kernel = 2 * stride); the loss acts
 * on the sum alone, without auxiliary losses per classifier; no watershed refinement.
 * Convolutions that a per-layer factor counts, in order: the 13 of VGG-16 and the two of the sixth stage, 15 in all.
 */
export function describeCumedvision(
  width: number,
  channels: number,
  classes: number,
  scale: FilterScale,
): LayerTable {
  const table = new LayerTable();
  const [, , , fourth, fifth] = vggTrunk(table, table.input(channels), width, scale);
  if (!fourth || !fifth) throw new Error('The VGG trunk has five stages.');
  const deep1 = table.normRelu(table.convolution('stage6_conv1', fifth.pooled, scale(16 * width), 3));
  const deep2 = table.normRelu(table.convolution('stage6_conv2', deep1, scale(16 * width), 3));

  const classifier = (name: string, features: LayerBase) => {
    const stride = features.reduction;
    const score = table.convolution(`${name}_score`, features, classes, 1);
    return table.transposed(`${name}_upscore`, score, classes, {
      kernel: 2 * stride,
      stride,
      initial: 'bilinear',
    });
  };
  table.add('logits', [
    classifier('classifier1', fourth.features),
    classifier('classifier2', fifth.features),
    classifier('classifier3', deep2),
  ]);
  return table;
}
