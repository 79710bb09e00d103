import { ELEMENT_FILTER_GRADIENT, elementGroups } from '../kernels/elementFilterGradient.ts';
import type { Kernel } from '../kernels/kernel.ts';
import { rowFilterGradient } from '../kernels/rowFilterGradient.ts';
import { type FilterTile, tiledFilterGradient } from '../kernels/tiledFilterGradient.ts';
import type { Dispatch } from './dispatch.ts';
import { type FeatureMap, floatsOf, pixelsOf, startOf } from './featureMap.ts';

/** The gradient of a kernel; see kernels/filterGradient.ts. */
export interface FilterOrder {
  readonly name: string;
  readonly left: FeatureMap;
  readonly right: FeatureMap;
  readonly side: number;
  readonly stride: number;
}

interface Division {
  readonly kernel: Kernel;
  /** Workgroups for a number of parts. */
  readonly groups: (parts: number) => readonly [number, number, number];
  /** Workgroups of one part. */
  readonly perPart: number;
  /** Fewest positions of a part. */
  readonly least: number;
}

/**
 * So many threads are aimed at, which is what keeps a large card busy. It must not depend on the card: the number of parts decides
 * how sums are rounded.
 */
const AIM = 65_536;
/** Up to so many pairs of channels a kernel that reads rows is better than a matrix product. */
const FEW_PAIRS = 256;
const LARGEST_ROW = 7;

/** Largest first. */
export const FILTER_TILES = [
  { lefts: 128, rights: 128, threadLefts: 8, threadRights: 8 },
  { lefts: 64, rights: 64, threadLefts: 8, threadRights: 4 },
  { lefts: 32, rights: 32, threadLefts: 4, threadRights: 4 },
] as const satisfies readonly FilterTile[];

/** How the gradient is divided: parts of the positions, each of which leaves `size` floats. */
export interface FilterParts {
  readonly parts: number;
  readonly size: number;
}

/** @param gradientAt where its first part begins */
export function filterDispatch(order: FilterOrder, gradientAt: number): Dispatch {
  const { name, left, right, side, stride } = order;
  const { parts, size } = filterParts(order);
  const { kernel, groups } = divide(order);
  const pixels = pixelsOf(right);
  return {
    name,
    kernel,
    buffers: [left.buffer, right.buffer, 'gradients'],
    parameters: {
      pixels,
      height: right.height,
      width: right.width,
      sourcePixels: pixelsOf(left),
      sourceHeight: left.height,
      sourceWidth: left.width,
      lefts: left.channels,
      rights: right.channels,
      side,
      stride,
      pad: Math.floor((side - stride) / 2),
      leftAt: startOf(left),
      rightAt: startOf(right),
      gradientAt,
      chunk: Math.ceil(pixels / parts),
      size,
    },
    groups: groups(parts),
    traffic: floatsOf(left) + floatsOf(right) + parts * size,
    products: size * pixels,
  };
}

export function filterParts(order: FilterOrder): FilterParts {
  const { kernel, perPart, least } = divide(order);
  const pixels = pixelsOf(order.right);
  const wanted = Math.max(
    1,
    Math.min(Math.ceil(AIM / (perPart * kernel.threads)), Math.ceil(pixels / least)),
  );
  // Rounded up, the last parts might be empty, and would leave what was there before.
  const chunk = Math.ceil(pixels / wanted);
  return {
    parts: Math.ceil(pixels / chunk),
    size: order.side ** 2 * order.left.channels * order.right.channels,
  };
}

function divide({ left, right, side }: FilterOrder): Division {
  const [lefts, rights] = [left.channels, right.channels];
  if (side > LARGEST_ROW) {
    const [x, y] = elementGroups(side ** 2 * lefts * rights);
    return {
      kernel: ELEMENT_FILTER_GRADIENT,
      groups: (parts) => [x, y, parts],
      perPart: x * y,
      least: 128,
    };
  }
  if (lefts * rights <= FEW_PAIRS || Math.min(lefts, rights) < 8) {
    const block = rights === 1 ? 1 : rights === 2 ? 2 : 4;
    const [rows, blocks] = [lefts * side, Math.ceil(rights / block)];
    return {
      kernel: rowFilterGradient(side, block),
      groups: (parts) => [parts, rows, blocks],
      perPart: rows * blocks,
      least: 1024,
    };
  }
  const tile = filterTile(lefts, rights);
  const tiles = Math.ceil(lefts / tile.lefts) * Math.ceil(rights / tile.rights);
  return {
    kernel: tiledFilterGradient(tile),
    groups: (parts) => [tiles, side ** 2, parts],
    perPart: tiles * side ** 2,
    least: 256,
  };
}

/** The largest tile whose channels are mostly there. */
function filterTile(lefts: number, rights: number): FilterTile {
  const few = Math.min(lefts, rights);
  return FILTER_TILES.find((tile) => few >= 0.75 * tile.lefts) ?? FILTER_TILES[2];
}
