import type { DeviceId } from '#common/device/device.ts';

/** Devices as a choice or a heading calls them; what a device says of itself is for those who ask. */
export const DEVICE_TITLES: Readonly<Record<DeviceId, string>> = {
  native: 'This processor',
  tensorflow: 'NVIDIA card, by TensorFlow',
  webgpu: 'Graphics card',
};

/** Devices of the nodes of a cluster, of which this machine knows nothing. */
export const NODE_DEVICE_TITLES: Readonly<Record<DeviceId, string>> = {
  ...DEVICE_TITLES,
  native: 'Its processor',
};
