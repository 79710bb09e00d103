import { getBackend } from '@tensorflow/tfjs-core';
import { CcnetError } from '#common/errors.ts';
import { DeviceFailedError } from './DeviceFailedError.ts';

/**
 * Has the current device do something. Whatever it throws, other than an error that is meant for people already, is its
 * failure: out of memory, device lost, a kernel that throws.
 * @throws DeviceFailedError that names the device
 */
export function onDevice<Result>(work: () => Result): Result {
  try {
    return work();
  } catch (cause) {
    if (cause instanceof CcnetError) throw cause;
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new DeviceFailedError(getBackend(), reason.split('\n').slice(0, 2).join(' '), { cause });
  }
}
