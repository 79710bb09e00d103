import type { DeviceId } from '#common/device/device.ts';
import { CcnetError, reasonOf } from '#common/errors.ts';
import { DeviceFailedError } from './DeviceFailedError.ts';

/**
 * Has a device of this process do something. Whatever it throws, other than an error that is meant for people already, is its
 * failure: out of memory, device lost, a kernel that throws.
 * @throws DeviceFailedError that names the device
 */
export function onDevice<Result>(device: DeviceId, work: () => Result): Result {
  try {
    return work();
  } catch (cause) {
    if (cause instanceof CcnetError) throw cause;
    throw new DeviceFailedError(device, reasonOf(cause), { cause });
  }
}
