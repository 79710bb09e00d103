import { CcnetError, EXIT } from '../contract/errors.ts';
import type { DeviceId } from '../contract/device.ts';
import { deviceFault } from '../contract/deviceFault.ts';

/** The chosen device cannot be used on this machine; nothing is ever computed on another one instead. */
export class DeviceUnavailableError extends CcnetError {
  readonly device: DeviceId;

  constructor(device: DeviceId, reason: string, remedy: string, options?: ErrorOptions) {
    super(deviceFault(device, 'cannot be used', reason), remedy, EXIT.usage, options);
    this.device = device;
  }
}
