import { networkWeights, sizeOf, type WeightShape } from '#common/network/layerWeights.ts';
import type { LayerBase, LayerDescription } from '#common/network/layerDescription.ts';
import { LayerTable } from '#common/network/layerTable.ts';
import type { NamedTensor } from '#common/training/training.ts';
import type { Batch, StepOrder } from './trainingStep.ts';

const CHANNELS = 3;

/** A two-level U-Net with every kind of layer that a U-Net has, and the same weights on every device. @param width filters of its first level */
export function referenceOrder(width: number): StepOrder {
  const layers = referenceLayers(width);
  return {
    layers,
    weights: networkWeights(layers).map(referenceWeight),
    loss: { foregroundWeight: 2 },
    seed: 0,
  };
}

/** The batch that it learns from. */
export function referenceBatch(size: number, side: number): Batch {
  const pixels = size * side * side;
  const masks = Uint8Array.from(waves(pixels, 1, 0, 77), (value) => (value > 0 ? 1 : 0));
  return {
    size,
    height: side,
    width: side,
    channels: CHANNELS,
    images: waves(pixels * CHANNELS, 1, 0, 99),
    masks,
  };
}

function referenceLayers(width: number): readonly LayerDescription[] {
  const table = new LayerTable();
  const block = (name: string, input: LayerBase, filters: number) =>
    table.normRelu(table.convolution(name, input, filters, 3));
  const fine = block('fine', table.input(CHANNELS), width);
  const coarse = block('coarse', table.maxPool('pool', fine), 2 * width);
  const raised = table.transposed('raise', coarse, width, { kernel: 2, stride: 2, initial: 'heNormal' });
  table.convolution('logits', block('joined', table.concat('join', fine, raised), width), 2, 1);
  return table.layers;
}

function referenceWeight({ name, role, shape }: WeightShape, index: number): NamedTensor {
  const [height = 1, width = 1, inputs = 1] = shape;
  const scale = role === 'kernel' ? Math.sqrt(2 / (height * width * inputs)) : 0.1;
  const centre = role === 'gamma' || role === 'moving_variance' ? 1 : 0;
  return { name, shape, data: waves(sizeOf(shape), scale, centre, index + 1) };
}

/** Values that look random, follow no random generator, and lie in centre +- scale. */
function waves(length: number, scale: number, centre: number, seed: number): Float32Array {
  return Float32Array.from(
    { length },
    (_, i) => centre + scale * Math.sin(12.9898 * i * seed + 78.233 * seed),
  );
}
