import type { ProductVariant } from '../kernels/gather.ts';
import type { Kernel } from '../kernels/kernel.ts';
import { pointProduct } from '../kernels/pointProduct.ts';
import { spreadProduct } from '../kernels/spreadProduct.ts';
import { stripGroups, stripProduct } from '../kernels/stripProduct.ts';
import { type ProductTile, tiledProduct } from '../kernels/tiledProduct.ts';
import type { Dispatch } from './dispatch.ts';
import { type FeatureMap, floatsOf, pixelsOf, startOf } from './featureMap.ts';

/** What a convolution, or its gradient for the input, is to compute; see kernels/gather.ts. */
export interface ProductOrder {
  readonly name: string;
  readonly kind: 'convolution' | 'convolution gradient' | 'transposed' | 'transposed gradient';
  readonly source: FeatureMap;
  readonly target: FeatureMap;
  readonly side: number;
  readonly stride: number;
  /** Where its kernel begins among the weights. */
  readonly weightsAt: number;
  /** A bias among the weights, or scale and shift of a folded batch norm; null for nothing. */
  readonly epilogue: { readonly kind: 'bias' | 'folded'; readonly at: number } | null;
  readonly relu: boolean;
  readonly accumulate: boolean;
}

/** From so many channels on, on either side, a product goes through workgroup memory. */
const TILED_INPUTS = 8;
const TILED_OUTPUTS = 16;
/** A kernel with so many taps is divided among threads where there are few positions. */
const SHARED_TAPS = 64;

/** The kernel that suits a product, and its run. */
export function productDispatch(order: ProductOrder): Dispatch {
  const { name, kind, source, target, side, stride, accumulate, epilogue } = order;
  const [inputs, outputs] = [source.channels, target.channels];
  const backwards = kind === 'convolution gradient' || kind === 'transposed gradient';
  const spread = kind === 'transposed' && side === stride && inputs >= TILED_INPUTS;
  // The positions that are counted, and the map whose values are gathered.
  const grid = spread ? { ...target, height: source.height, width: source.width } : target;
  const pixels = pixelsOf(grid);
  const cells = spread ? stride ** 2 : 1;
  // Kernels lie [tap][input][output] for a convolution, [tap][output][input] for a transposed one.
  const sums =
    kind === 'convolution' || kind === 'transposed gradient'
      ? { inputStep: outputs, outputStep: 1 }
      : { inputStep: 1, outputStep: inputs };
  const transposed = kind === 'transposed' || kind === 'transposed gradient';
  const parameters = {
    pixels,
    height: grid.height,
    width: grid.width,
    sourcePixels: pixelsOf(source),
    sourceHeight: source.height,
    sourceWidth: source.width,
    inputs,
    outputs: outputs * cells,
    side: spread ? 1 : side,
    stride: kind === 'transposed gradient' || (kind === 'transposed' && !spread) ? stride : 1,
    pad: spread ? 0 : transposed ? Math.floor((side - stride) / 2) : (side - 1) / 2,
    sign: kind === 'convolution gradient' ? -1 : 1,
    sourceAt: startOf(source),
    targetAt: startOf(target),
    weightsAt: order.weightsAt,
    ...sums,
    bias: Number(epilogue?.kind === 'bias'),
    relu: Number(order.relu),
    add: Number(accumulate),
    epilogueAt: epilogue?.at ?? 0,
    spreadChannels: outputs,
    spreadStride: stride,
  };
  const folded = epilogue?.kind === 'folded';
  const variant: ProductVariant = { folded, spread };
  const weights = side * side * inputs * outputs;
  const { kernel, groups } = chooseKernel(kind, parameters, variant, sums.outputStep === 1);
  return {
    name,
    kernel,
    buffers: [source.buffer, 'weights', target.buffer, ...(folded ? ['folded'] : [])],
    parameters,
    groups,
    traffic: floatsOf(source) + weights + floatsOf(target) * (accumulate ? 2 : 1),
    products: weights * pixelsOf(transposed === backwards ? target : source),
  };
}

type Chosen = Pick<Dispatch, 'kernel' | 'groups'>;

function chooseKernel(
  kind: ProductOrder['kind'],
  shape: Readonly<Record<'pixels' | 'width' | 'inputs' | 'outputs' | 'side' | 'stride', number>>,
  variant: ProductVariant,
  outputsTogether: boolean,
): Chosen {
  const { pixels, inputs, outputs, side, stride } = shape;
  if (inputs >= TILED_INPUTS && outputs >= TILED_OUTPUTS && (kind !== 'transposed' || variant.spread)) {
    const tile = productTile(pixels, outputs);
    const kernel = tiledProduct(tile, variant, outputsTogether ? 'outputs' : 'inputs');
    return { kernel, groups: [Math.ceil(pixels / tile.pixels), Math.ceil(outputs / tile.outputs), 1] };
  }
  const block = outputs <= 1 ? 1 : outputs <= 2 ? 2 : outputs <= 4 ? 4 : 8;
  const blocks = Math.ceil(outputs / block);
  const along = (kernel: Kernel): Chosen => ({
    kernel,
    groups: [Math.ceil(pixels / kernel.threads), blocks, 1],
  });
  if (kind === 'transposed' && !variant.spread) return along(spreadProduct(block, variant));
  if (stride === 1 && side <= 7) {
    const kernel = stripProduct(side, block, kind === 'convolution gradient' ? -1 : 1, variant);
    return { kernel, groups: [stripGroups(shape), blocks, 1] };
  }
  if (side ** 2 < SHARED_TAPS) return along(pointProduct(block, 1, variant));
  const groups = [Math.min(pixels, 65535), blocks, Math.ceil(pixels / 65535)] as const;
  return { kernel: pointProduct(block, 64, variant), groups };
}

/** Input channels in workgroup memory at a time. */
const DEPTH = 8;

export const PRODUCT_TILES = {
  largest: { pixels: 128, outputs: 128, threadPixels: 8, threadOutputs: 8, depth: DEPTH },
  large: { pixels: 128, outputs: 64, threadPixels: 8, threadOutputs: 8, depth: DEPTH },
  wide: { pixels: 64, outputs: 64, threadPixels: 4, threadOutputs: 8, depth: DEPTH },
  middle: { pixels: 128, outputs: 32, threadPixels: 4, threadOutputs: 8, depth: DEPTH },
  narrow: { pixels: 128, outputs: 16, threadPixels: 4, threadOutputs: 4, depth: DEPTH },
} as const satisfies Readonly<Record<string, ProductTile>>;

/** Workgroups that keep a large card busy: with fewer, smaller tiles are better. */
const BUSY = 256;

function productTile(pixels: number, outputs: number): ProductTile {
  const groups = (tile: ProductTile) => Math.ceil(pixels / tile.pixels) * Math.ceil(outputs / tile.outputs);
  const fits = (tile: ProductTile) => outputs >= 0.75 * tile.outputs;
  const { largest, large, wide, middle, narrow } = PRODUCT_TILES;
  if (fits(largest) && groups(largest) >= BUSY) return largest;
  if (fits(large)) return groups(large) >= BUSY ? large : wide;
  return fits(middle) ? middle : narrow;
}
