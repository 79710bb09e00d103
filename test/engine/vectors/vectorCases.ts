import { describeFcn8s } from '../../../src-main/network/describeFcn8s.ts';
import { describeNetwork } from '../../../src-main/network/describeNetwork.ts';
import type { LayerDescription } from '#common/network/layerDescription.ts';

/** A network and its batches, which make_torch_vectors.py computes from the same numbers as the tests. */
export interface VectorCase {
  readonly name: string;
  /** Without dropout, whose masks no other library draws. */
  readonly layers: readonly LayerDescription[];
  readonly channels: number;
  readonly images: number;
  readonly side: number;
  readonly foregroundWeight: number;
  readonly learningRate: number;
  /** Steps of Adam, each on a batch of its own: randomBatch with the step's number, from 1, as seed. */
  readonly steps: number;
}

/** FCN-8s of width 1 whose last two convolutions, by far the widest, have an eighth of their filters. */
function narrowFcn8s(): readonly LayerDescription[] {
  let convolutions = 0;
  const scale = (filters: number): number => ((convolutions += 1) > 13 ? filters / 8 : filters);
  return describeFcn8s(1, 3, 2, scale).layers;
}

/** Every layer kind of every base network; the wide U-Net runs Winograd convolutions as well. */
export const GRADIENT_CASES: readonly VectorCase[] = [
  {
    name: 'U-Net of width 1',
    layers: describeNetwork({ family: 'unet', width: 1, channels: 3, classes: 2, factor: 1 }),
    ...{ channels: 3, images: 2, side: 64, foregroundWeight: 2, learningRate: 1e-4, steps: 3 },
  },
  {
    name: 'U-Net of width 8',
    layers: describeNetwork({ family: 'unet', width: 8, channels: 1, classes: 2, factor: 1 }),
    ...{ channels: 1, images: 3, side: 48, foregroundWeight: 1, learningRate: 1e-4, steps: 3 },
  },
  {
    name: 'FCN-8s of width 1',
    layers: withoutDropout(narrowFcn8s()),
    ...{ channels: 3, images: 2, side: 96, foregroundWeight: 1.5, learningRate: 1e-4, steps: 3 },
  },
  {
    name: 'CUMedVision of width 1',
    layers: describeNetwork({ family: 'cumedvision', width: 1, channels: 1, classes: 2, factor: 1 }),
    ...{ channels: 1, images: 2, side: 96, foregroundWeight: 1, learningRate: 1e-4, steps: 3 },
  },
];

/** A sixteenth of the base width: 50 steps on 50 batches. */
export const CURVE_CASE: VectorCase = {
  name: 'U-Net of width 4',
  layers: describeNetwork({ family: 'unet', width: 4, channels: 3, classes: 2, factor: 1 }),
  ...{ channels: 3, images: 4, side: 64, foregroundWeight: 1, learningRate: 1e-3, steps: 50 },
};

function withoutDropout(layers: readonly LayerDescription[]): LayerDescription[] {
  const dropped = new Map(layers.flatMap((l) => (l.kind === 'dropout' ? [[l.name, l.inputs[0] ?? '']] : [])));
  return layers
    .filter(({ kind }) => kind !== 'dropout')
    .map((layer) => ({ ...layer, inputs: layer.inputs.map((name) => dropped.get(name) ?? name) }));
}
