import type { FilterScale } from './filterScale.ts';
import type { LayerBase } from '#common/network/layerDescription.ts';
import type { LayerTable } from '#common/network/layerTable.ts';

/** One stage of a VGG-16 trunk (Simonyan & Zisserman 2015): its convolutions, and their filters in widths. */
const STAGES = [
  { convolutions: 2, widths: 1 },
  { convolutions: 2, widths: 2 },
  { convolutions: 3, widths: 4 },
  { convolutions: 3, widths: 8 },
  { convolutions: 3, widths: 8 },
];

/**
 * Appends the 13 convolutions of VGG-16, each followed by batch norm and ReLU, with a 2x2 max pooling after every stage.
 * Batch norm is ours: the published networks start from ImageNet weights, and a plain narrow VGG does not train
 * from scratch.
 * @returns per stage its features before and after pooling
 */
export function vggTrunk(
  table: LayerTable,
  input: LayerBase,
  width: number,
  scale: FilterScale,
): { features: LayerBase; pooled: LayerBase }[] {
  let last = input;
  return STAGES.map(({ convolutions, widths }, index) => {
    const stage = index + 1;
    for (let i = 1; i <= convolutions; i++) {
      last = table.normRelu(table.convolution(`stage${stage}_conv${i}`, last, scale(width * widths), 3));
    }
    const features = last;
    last = table.maxPool(`stage${stage}_pool`, features);
    return { features, pooled: last };
  });
}
