import type { DeviceId } from './deviceIds.ts';

/** Devices in the middle of a sentence, at the window and at the command line. */
export const DEVICE_WORDS: Readonly<Record<DeviceId, string>> = {
  native: 'the processor',
  tensorflow: 'the NVIDIA card',
  webgpu: 'the graphics card',
};
