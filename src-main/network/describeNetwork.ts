import { CcnetError } from '#common/errors.ts';
import type { NetworkFamily, NetworkSpec } from '#common/network/network.ts';
import { describeCumedvision } from './describeCumedvision.ts';
import { describeFcn8s } from './describeFcn8s.ts';
import { describeUnet } from './describeUnet.ts';
import { FilterScale } from './filterScale.ts';
import type { LayerDescription } from '#common/network/layerDescription.ts';

const DESCRIBE = { unet: describeUnet, fcn8s: describeFcn8s, cumedvision: describeCumedvision };

/** Height and width of an input of `family` must be multiples of this: what its poolings divide by. */
export function sizeMultiple(family: NetworkFamily): number {
  return family === 'unet' ? 16 : 32;
}

/** Entries of a per-layer factor for `family`: convolutions in forward order, heads and score layers excluded. */
export function convolutionCount(family: NetworkFamily): number {
  return baseFilters(family, 1).length;
}

/** Filters at factor 1 of the convolutions that a per-layer factor counts, in forward order. */
export function baseFilters(family: NetworkFamily, width: number): readonly number[] {
  const scale = new FilterScale(1);
  DESCRIBE[family](width, 1, 2, scale);
  return scale.requested;
}

/**
 * The layers of a network in forward order, the last one named by `outputLayer`.
 * @throws layer-factors-miscounted when a per-layer factor has not one entry per convolution.
 */
export function describeNetwork(spec: NetworkSpec): readonly LayerDescription[] {
  const { family, width, channels, classes, factor } = spec;
  const expected = convolutionCount(family);
  if (typeof factor !== 'number' && factor.length !== expected) {
    throw new CcnetError('layer-factors-miscounted', { family, expected, given: factor.length });
  }
  return DESCRIBE[family](width, channels, classes, new FilterScale(factor)).layers;
}
