import type { DeviceId } from '#common/device/device.ts';
import { DeviceUnavailableError } from './DeviceUnavailableError.ts';
import type { SelfTest } from './selfTest.ts';

/** The device computes, and computes wrongly. */
export class FailedSelfTestError extends DeviceUnavailableError<'self-test-failed'> {
  constructor(device: DeviceId, { text }: SelfTest) {
    super('self-test-failed', { device, result: text });
  }
}
