import type { LayerBase, LayerDescription } from '#common/network/layerDescription.ts';
import { LayerTable } from '#common/network/layerTable.ts';

export interface SmallUnet {
  readonly widths: readonly number[];
  readonly channels?: number;
}

/** A U-Net with as many levels as widths, odd ones welcome. */
export function smallUnet({ widths, channels = 3 }: SmallUnet): readonly LayerDescription[] {
  const table = new LayerTable();
  const block = (name: string, input: LayerBase, filters: number) => {
    const first = table.normRelu(table.convolution(`${name}_conv1`, input, filters, 3));
    return table.normRelu(table.convolution(`${name}_conv2`, first, filters, 3));
  };
  const skips: LayerBase[] = [];
  let features: LayerBase = table.input(channels);
  for (const [level, width] of widths.entries()) {
    if (level > 0) features = table.maxPool(`down${level}_pool`, features);
    features = block(`down${level}`, features, width);
    skips.push(features);
  }
  for (const [level, width] of [...widths.entries()].reverse().slice(1)) {
    const skip = skips[level];
    if (!skip) throw new Error('Every level has a skip.');
    const shape = { kernel: 2, stride: 2, initial: 'heNormal' } as const;
    const up = table.normRelu(table.transposed(`up${level}_transposed`, features, width, shape));
    features = block(`up${level}`, table.concat(`up${level}_concat`, skip, up), width);
  }
  table.convolution('logits', features, 2, 1);
  return table.layers;
}
