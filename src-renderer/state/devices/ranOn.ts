import type { DeviceId } from '#common/device/device.ts';
import { DEVICE_WORDS } from '#common/device/deviceWords.ts';

/** A device and its version, as a job tells them ("native 0.1.0"), in words. */
export function ranOn(device: string): string {
  const [id = ''] = device.split(' ');
  return id in DEVICE_WORDS ? DEVICE_WORDS[id as DeviceId] : device;
}
