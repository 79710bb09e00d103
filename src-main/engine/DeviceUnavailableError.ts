import { CcnetError, EXIT } from '#common/errors.ts';
import type { DeviceId } from '#common/device/device.ts';
import { deviceFault } from '#common/device/deviceFault.ts';

/** The chosen device cannot be used on this machine; nothing is ever computed on another one instead. */
export class DeviceUnavailableError extends CcnetError {
  readonly device: DeviceId;

  constructor(device: DeviceId, reason: string, remedy: string, options?: ErrorOptions) {
    super(deviceFault(device, 'cannot be used', reason), remedy, EXIT.usage, options);
    this.device = device;
  }
}
