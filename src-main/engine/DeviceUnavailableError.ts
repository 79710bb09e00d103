import { CcnetError } from '#common/errors.ts';
import type { DeviceId } from '#common/device/device.ts';
import type { FactsOf, FailureCode } from '#common/failures/failures.ts';

/** Failures that are one device's own. */
type DeviceCode = {
  [Code in FailureCode]: FactsOf<Code> extends { readonly device: DeviceId } ? Code : never;
}[FailureCode];

/** The chosen device cannot be used on this machine; nothing is ever computed on another one instead. */
export class DeviceUnavailableError<Code extends DeviceCode = DeviceCode> extends CcnetError<Code> {}
