import type { DeviceId } from './deviceIds.ts';

/** Devices in the middle of a sentence. */
export const DEVICE_WORDS: Readonly<Record<DeviceId, string>> = {
  native: 'the processor',
  tensorflow: 'the NVIDIA GPU',
  webgpu: 'the GPU',
};
