import type { FilterScale } from './filterScale.ts';
import { LayerTable } from '#common/network/layerTable.ts';
import { vggTrunk } from './vggTrunk.ts';

const DROPOUT = 0.5;

/**
 * FCN-8s (Long, Shelhamer & Darrell 2015): VGG-16 trunk, fc6 and fc7 as 7x7 and 1x1 convolutions of 64 width filters
 * with dropout, 1x1 scores of fc7, pool4 and pool3, summed on the way up through learned, bilinear-initialised
 * transposed convolutions (twice 4x4 stride 2, then 16x16 stride 8).
 *
 * Ours: 'same' padding in place of the 100-pixel padding and crops; batch norm after the trunk's convolutions and
 * after fc6 and fc7; training from scratch.
 * Convolutions that a per-layer factor counts, in order: the 13 of the trunk, fc6 and fc7, 15 in all.
 */
export function describeFcn8s(
  width: number,
  channels: number,
  classes: number,
  scale: FilterScale,
): LayerTable {
  const table = new LayerTable();
  const [, , third, fourth, fifth] = vggTrunk(table, table.input(channels), width, scale);
  if (!third || !fourth || !fifth) throw new Error('The VGG trunk has five stages.');
  const fc6 = table.normRelu(table.convolution('fc6', fifth.pooled, scale(64 * width), 7));
  const fc6Kept = table.dropout('fc6_dropout', fc6, DROPOUT);
  const fc7 = table.normRelu(table.convolution('fc7', fc6Kept, scale(64 * width), 1));
  const fc7Kept = table.dropout('fc7_dropout', fc7, DROPOUT);

  const twice = { kernel: 4, stride: 2, initial: 'bilinear' } as const;
  const score7 = table.convolution('score_fc7', fc7Kept, classes, 1);
  const up7 = table.transposed('upscore_fc7', score7, classes, twice);
  const score4 = table.convolution('score_pool4', fourth.pooled, classes, 1);
  const sum4 = table.add('fuse_pool4', [up7, score4]);
  const up4 = table.transposed('upscore_pool4', sum4, classes, twice);
  const score3 = table.convolution('score_pool3', third.pooled, classes, 1);
  const sum3 = table.add('fuse_pool3', [up4, score3]);
  table.transposed('logits', sum3, classes, { kernel: 16, stride: 8, initial: 'bilinear' });
  return table;
}
