import { type DeviceId, DEVICES } from './deviceIds.ts';

type Fault = 'failed' | 'cannot be used';

/** The sentence by which every error of a device begins, wherever it is shown or stored. */
export function deviceFault(device: string, fault: Fault, reason: string): string {
  return `The device "${device}" ${fault}: ${reason}`;
}

/** The device that is to blame for an error with this message; null when none is. */
export function faultyDevice(message: string): DeviceId | null {
  const named = /^The device "(\w+)" (?:failed|cannot be used): /.exec(message)?.[1];
  return DEVICES.find((device) => device === named) ?? null;
}
