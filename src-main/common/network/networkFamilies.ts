/** The base networks. */
export const NETWORK_FAMILIES = ['unet', 'fcn8s', 'cumedvision'] as const;
