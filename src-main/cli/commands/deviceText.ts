import type { InspectedDevice } from '#common/device/device.ts';
import { formatBytes, formatDigits } from '#common/format.ts';
import { failureJson, failureText } from '../failureText.ts';

/** One device for people: what it is, its self-test, its speed and memory; or why it cannot be used and what to do. */
export function deviceText(device: InspectedDevice): string {
  const why = device.failure && failureText(device.failure);
  const lines = device.usable
    ? [
        `${device.id}: ${device.name}`,
        `self-test ${device.selfTest ?? 'not run'}`,
        `${device.stepMs === null ? '?' : formatDigits(device.stepMs)} ms a training step (two-level U-Net of width 8, batch 4 of 64x64)`,
        ...(device.memoryBytes === null ? [] : [`${formatBytes(device.memoryBytes)} of memory`]),
      ]
    : [
        `${device.id}: not usable`,
        why?.problem ?? '',
        ...(device.selfTest === null ? [] : [`self-test ${device.selfTest}`]),
        why?.remedy ?? '',
      ];
  return lines.join('\n  ');
}

/** One device for programs. */
export function deviceJson(device: InspectedDevice): object {
  return { ...device, failure: device.failure && failureJson(device.failure) };
}
