import type { NetworkFamily } from './network.ts';

/** The base network that is compressed unless told otherwise; `width` is the number of filters of its first level at factor 1. */
export const DEFAULT_NETWORK: { readonly family: NetworkFamily; readonly width: number } = {
  family: 'unet',
  width: 16,
};
