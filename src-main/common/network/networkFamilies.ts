/** The base networks; apart from their schemas, because the page takes no schema library. */
export const NETWORK_FAMILIES = ['unet', 'fcn8s', 'cumedvision'] as const;
export type NetworkFamily = (typeof NETWORK_FAMILIES)[number];
