import type { LayerDescription } from '#common/network/layerDescription.ts';
import type { FusedLayer } from './fuseLayers.ts';
import { type BatchShape, mapSizes } from './mapSizes.ts';

/** Distances by which the native engine counts places in a channel, from which its dropout masks follow. */
export interface NativeLayout {
  readonly pitch: number;
  readonly imageStep: number;
  readonly channelStep: number;
}

const LANE = 16;

/** The layout that native/step/plan/layout.h gives to maps of each size: rows and images are followed by as many zeros as any layer of that size reads beyond. */
export function nativeLayout(layers: readonly FusedLayer[], shape: BatchShape, place: number): NativeLayout {
  const sizes = mapSizes(layers, shape);
  const own = sizes[place] ?? { height: 0, width: 0 };
  let halo = 0;
  for (const { layer, inputs } of layers) {
    const input = sizes[inputs[0] ?? -1] ?? shape;
    if (input.height === own.height && input.width === own.width) halo = Math.max(halo, radius(layer));
  }
  const pitch = own.width + halo;
  const imageStep = (own.height + halo) * pitch;
  return { pitch, imageStep, channelStep: Math.ceil((shape.size * imageStep) / LANE) * LANE };
}

/** Rows and columns beyond an image that a layer reads of its input. */
function radius(layer: LayerDescription): number {
  if (layer.kind === 'convolution') return (layer.kernel - 1) / 2;
  if (layer.kind !== 'transposed') return 0;
  const { kernel, stride } = layer;
  const padding = Math.floor((kernel - stride) / 2);
  let most = 0;
  for (let phase = 0; phase < stride; phase++) {
    for (let tap = 0; tap < kernel; tap++) {
      const distance = tap - padding - phase;
      if (distance % stride === 0) most = Math.max(most, Math.abs(distance / stride));
    }
  }
  return most;
}
