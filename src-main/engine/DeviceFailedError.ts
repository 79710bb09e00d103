import type { DeviceId } from '#common/device/deviceIds.ts';
import { CcnetError, isOutOfMemory } from '#common/errors.ts';

/** How the libraries of other people's devices say it: they have words for it and no code. */
const OUT_OF_MEMORY =
  /out of memory|OOM|RESOURCE_EXHAUSTED|bad_alloc|allocat\w* .*fail|fail\w* to allocate|TF_Status: 8\b/i;

/** The chosen device failed while it computed; what it had computed since the last checkpoint is lost, nothing else is. */
export class DeviceFailedError extends CcnetError<'device-failed'> {
  /** @param training number of the training that stopped, when there is one to be continued */
  constructor(device: DeviceId, reason: string, options?: ErrorOptions & { training?: number }) {
    const outOfMemory = isOutOfMemory(options?.cause) || OUT_OF_MEMORY.test(reason);
    super('device-failed', { device, reason, outOfMemory, training: options?.training ?? null }, options);
  }

  /** The same failure, told with the training that can be continued. */
  ofTraining(training: number): DeviceFailedError {
    const { device, reason } = this.facts;
    return new DeviceFailedError(device, reason, { cause: this.cause, training });
  }
}
