import type { LayerBase, LayerDescription } from '#common/network/layerDescription.ts';
import { LayerTable } from '#common/network/layerTable.ts';

/** A convolution as a network may have it, and an odd one now and then. */
export interface LayerShape {
  readonly name: string;
  readonly kernel: number;
  /** Of a transposed convolution; a plain one without. */
  readonly stride?: number;
  readonly channels: readonly [inputs: number, outputs: number];
  /** Its input. */
  readonly image: readonly [height: number, width: number];
  readonly batch?: number;
}

export const LAYER_SHAPES: readonly LayerShape[] = [
  { name: '3x3, one channel to one', kernel: 3, channels: [1, 1], image: [7, 9] },
  { name: '3x3, 2 to 5 channels', kernel: 3, channels: [2, 5], image: [9, 7], batch: 2 },
  { name: '3x3, 4 channels', kernel: 3, channels: [4, 4], image: [5, 33] },
  { name: '3x3, 8 channels', kernel: 3, channels: [8, 8], image: [17, 16] },
  { name: '3x3, 16 to 17 channels', kernel: 3, channels: [16, 17], image: [11, 5] },
  { name: '3x3, 17 to 64 channels', kernel: 3, channels: [17, 64], image: [6, 13] },
  { name: '3x3, 64 to 33 channels', kernel: 3, channels: [64, 33], image: [8, 8] },
  { name: '3x3 of a single pixel', kernel: 3, channels: [8, 9], image: [1, 1], batch: 3 },
  { name: '3x3 of many pixels', kernel: 3, channels: [2, 3], image: [32, 32], batch: 4 },
  { name: '1x1, 32 to 2 channels', kernel: 1, channels: [32, 2], image: [9, 9], batch: 2 },
  { name: '7x7 larger than the image', kernel: 7, channels: [2, 3], image: [4, 3] },
  { name: '7x7 (fc6 of FCN-8s)', kernel: 7, channels: [16, 20], image: [5, 6] },
  { name: '2x2 up (U-Net)', kernel: 2, stride: 2, channels: [32, 16], image: [4, 3], batch: 2 },
  { name: '2x2 up, odd channels', kernel: 2, stride: 2, channels: [5, 3], image: [5, 7] },
  { name: '4x4 up (FCN-8s)', kernel: 4, stride: 2, channels: [3, 2], image: [6, 5] },
  { name: '16x16 up by 8 (FCN-8s)', kernel: 16, stride: 8, channels: [2, 2], image: [4, 3] },
  { name: '64x64 up by 32 (CUMedVision)', kernel: 64, stride: 32, channels: [2, 2], image: [2, 1] },
];

/**
 * The convolution between two of 1x1, so that its input has a gradient, and behind as much pooling as it enlarges. No activation,
 * whose kinks would hide rounding.
 */
export function layersAround({
  kernel,
  stride = 1,
  channels: [inputs, outputs],
}: LayerShape): readonly LayerDescription[] {
  const table = new LayerTable();
  let input: LayerBase = table.convolution('before', table.input(3), inputs, 1);
  for (let halved = 1; halved < stride; halved *= 2) input = table.maxPool(`pool${halved}`, input);
  const tested =
    stride > 1
      ? table.transposed('tested', input, outputs, { kernel, stride, initial: 'heNormal' })
      : table.convolution('tested', input, outputs, kernel);
  table.convolution('logits', tested, 2, 1);
  return table.layers;
}
