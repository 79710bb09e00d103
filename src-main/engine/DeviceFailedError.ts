import type { DeviceId } from '../contract/device.ts';
import { CcnetError, EXIT } from '../contract/errors.ts';

/** A device that worked has failed in the middle of the work; nothing goes on elsewhere without being asked to. */
export class DeviceFailedError extends CcnetError {
  readonly device: DeviceId;

  constructor(device: DeviceId, reason: string, options?: ErrorOptions) {
    super(
      `The device "${device}" failed: ${reason}`,
      'Finished epochs are kept. Resume on this device, or start the same training on another one.',
      EXIT.internal,
      options,
    );
    this.device = device;
  }
}
