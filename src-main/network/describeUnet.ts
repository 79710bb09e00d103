import type { FilterScale } from './filterScale.ts';
import type { LayerBase } from '#common/network/layerDescription.ts';
import { LayerTable } from '#common/network/layerTable.ts';

const LEVELS = 5;

/**
 * U-Net (Ronneberger et al. 2015) in the form of CC-Net's released code: five levels of width, 2 width, ..., 16 width
 * filters; two (3x3 convolution, batch norm, ReLU) per level; 2x2 max pooling down; 2x2 transposed convolution with
 * half the channels, batch norm and ReLU up; concatenated skips; 1x1 head. 'same' padding throughout.
 */
export function describeUnet(
  width: number,
  channels: number,
  classes: number,
  scale: FilterScale,
): LayerTable {
  const table = new LayerTable();
  const block = (name: string, input: LayerBase, filters: number) =>
    table.normRelu(table.convolution(name, input, scale(filters), 3));
  const skips: LayerBase[] = [];
  let features: LayerBase = table.input(channels);
  for (let level = 1; level <= LEVELS; level++) {
    const filters = width * 2 ** (level - 1);
    if (level > 1) features = table.maxPool(`down${level}_pool`, features);
    features = block(`down${level}_conv1`, features, filters);
    features = block(`down${level}_conv2`, features, filters);
    skips.push(features);
  }
  for (let level = LEVELS - 1; level >= 1; level--) {
    const filters = width * 2 ** (level - 1);
    const skip = skips[level - 1];
    if (!skip) throw new Error(`Level ${level} has no skip.`);
    const up = table.transposed(`up${level}_transposed`, features, scale(filters), {
      kernel: 2,
      stride: 2,
      initial: 'heNormal',
    });
    features = table.concat(`up${level}_concat`, skip, table.normRelu(up));
    features = block(`up${level}_conv1`, features, filters);
    features = block(`up${level}_conv2`, features, filters);
  }
  table.convolution('logits', features, classes, 1);
  return table;
}
