import type { NetworkFamily, NetworkSpec } from '#common/network/network.ts';
import { describeCumedvision } from './describeCumedvision.ts';
import { describeFcn8s } from './describeFcn8s.ts';
import { describeUnet } from './describeUnet.ts';
import { filterScale } from './filterScale.ts';
import type { LayerDescription } from '#common/network/layerDescription.ts';

const DESCRIBE = { unet: describeUnet, fcn8s: describeFcn8s, cumedvision: describeCumedvision };

/** Height and width of an input of `family` must be multiples of this: what its poolings divide by. */
export function sizeMultiple(family: NetworkFamily): number {
  return family === 'unet' ? 16 : 32;
}

/** The layers of a network in forward order, the last one named by `outputLayer`. */
export function describeNetwork({
  family,
  width,
  channels,
  classes,
  factor,
}: NetworkSpec): readonly LayerDescription[] {
  return DESCRIBE[family](width, channels, classes, filterScale(factor)).layers;
}
