import type { NetworkFamily } from './networkFamilies.ts';

/** What the base networks are called in the literature, and what marks them. */
export const FAMILY_WORDS: Readonly<
  Record<NetworkFamily, { readonly plain: string; readonly technical: string }>
> = {
  unet: { plain: 'U-Net', technical: 'encoder and decoder with skips; the usual choice' },
  fcn8s: { plain: 'FCN-8s', technical: 'VGG-16 trunk' },
  cumedvision: { plain: 'CUMedVision', technical: 'multi-level classifiers' },
};
