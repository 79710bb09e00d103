import type { DeviceId } from '#common/device/device.ts';
import { DeviceUnavailableError } from './DeviceUnavailableError.ts';
import type { SelfTest } from './selfTest.ts';

/** The device computes, and computes wrongly. */
export class FailedSelfTestError extends DeviceUnavailableError {
  readonly selfTest: SelfTest;

  constructor(device: DeviceId, selfTest: SelfTest) {
    super(
      device,
      'its results differ from the reference.',
      'Do not use this device. Please report it with the output of: ccnet devices --json.',
    );
    this.selfTest = selfTest;
  }
}
