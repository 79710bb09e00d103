import type { LayerDescription } from '../network/layerDescription.ts';
import { trainableWeights } from '../network/layerWeights.ts';
import { fuseRelu } from './fuseRelu.ts';
import { type Buffer, peakFloats, sharedBuffers } from './sharedBuffers.ts';
import { winogradScratch } from './winogradScratch.ts';

type Kinds = ReadonlySet<LayerDescription['kind'] | undefined>;
/** Layers whose backward pass reads their input. */
const KEEPS_INPUT: Kinds = new Set(['convolution', 'transposed', 'batchNorm', 'maxPool']);
/** Layers that turn the gradient of their output into that of their input where it lies. */
const GRADIENT_IN_PLACE: Kinds = new Set(['batchNorm', 'relu', 'dropout', 'add']);

/**
 * Floats that live together at the worst moment of one training step, as the compiled step plans them
 * (native/step/tensor_plan.cpp and layout.h): what the backward pass reads is kept from the forward pass, a
 * concatenation is its inputs side by side, feature maps have a margin of zeros, kernels are repacked while in use.
 * Times: the forward pass of layer i is i, the loss n, the backward pass of layer i is 2 n - i.
 *
 * The arena itself is a little larger, since buffers cannot always be placed without gaps (see trainingMemory).
 * @param layers in forward order
 */
export function arenaFloats(
  layers: readonly LayerDescription[],
  batch: number,
  height: number,
  width: number,
): number {
  const fused = fuseRelu(layers);
  const count = fused.length;
  const halos = haloOf(layers);
  const backward = (index: number): number => 2 * count - index;
  const floats = ({ channels, reduction }: LayerDescription): number => {
    const halo = halos.get(reduction) ?? 0;
    return channels * batch * (height / reduction + halo) * (width / reduction + halo);
  };
  const plans = fused.map(({ layer, relu, inputs }, index) => {
    const readers = fused.flatMap((other, reader) => (other.inputs.includes(index) ? [reader] : []));
    const last = readers.at(-1);
    const reader = fused[last ?? -1]?.layer.kind;
    const kept = readers.map((at) => (KEEPS_INPUT.has(fused[at]?.layer.kind) ? backward(at) : at));
    const ownRelu = relu && layer.kind !== 'batchNorm' ? backward(index) : index;
    const joined = reader === 'concat' && last !== undefined ? last : index;
    const inPlace =
      GRADIENT_IN_PLACE.has(reader) && readers.length === 1 && last !== undefined ? last : joined;
    const map = { batch, height: height / layer.reduction, width: width / layer.reduction };
    const scratch = scratchFloats(layer, fused[inputs[0] ?? -1]?.layer, map, floats);
    return {
      value: {
        floats: floats(layer),
        birth: index,
        death: Math.max(last === undefined ? count : index, ownRelu, ...kept),
        owner: joined,
      },
      gradient: {
        floats: layer.kind === 'input' ? 0 : floats(layer),
        birth: last === undefined ? count : backward(last),
        death: backward(index),
        owner: inPlace,
      },
      scratch: [index, backward(index)].map((time): Buffer => ({
        floats: scratch,
        birth: time,
        death: time,
      })),
    };
  });
  return peakFloats([
    ...sharedBuffers(plans.map(({ value }) => value)),
    ...sharedBuffers(plans.map(({ gradient }) => gradient)),
    ...plans.flatMap(({ scratch }) => scratch),
  ]);
}

/** Zeros beside every row, for the widest kernel that reads feature maps of that reduction. */
function haloOf(layers: readonly LayerDescription[]): ReadonlyMap<number, number> {
  const halos = new Map<number, number>();
  for (const layer of layers) {
    const [radius, read] =
      layer.kind === 'convolution'
        ? [Math.floor(layer.kernel / 2), layer.reduction]
        : layer.kind === 'transposed'
          ? [Math.ceil((layer.kernel / layer.stride - 1) / 2), layer.reduction * layer.stride]
          : [0, layer.reduction];
    halos.set(read, Math.max(halos.get(read) ?? 0, radius));
  }
  return halos;
}

/** Packed kernels; a transposed convolution, in addition, has its output once more, sorted by phase. */
function scratchFloats(
  layer: LayerDescription,
  input: LayerDescription | undefined,
  map: { readonly batch: number; readonly height: number; readonly width: number },
  floats: (layer: LayerDescription) => number,
): number {
  if (layer.kind === 'convolution') {
    const sizes = { inputs: input?.channels ?? 0, outputs: layer.channels, ...map };
    return (layer.kernel === 3 ? winogradScratch(sizes) : null) ?? trainableWeights(layer);
  }
  if (layer.kind !== 'transposed' || !input) return 0;
  return floats({ ...input, channels: layer.channels * layer.stride ** 2 }) + trainableWeights(layer);
}
