import { deviceFault } from '#common/device/deviceFault.ts';
import { CcnetError, EXIT } from '#common/errors.ts';

const OUT_OF_MEMORY =
  /out of memory|OOM|RESOURCE_EXHAUSTED|bad_alloc|allocat\w* .*fail|fail\w* to allocate|TF_Status: 8\b/i;

/** The chosen device failed while it computed; what it had computed since the last checkpoint is lost, nothing else is. */
export class DeviceFailedError extends CcnetError {
  readonly device: string;
  readonly #reason: string;

  /** @param training number of the training that stopped, when there is one to be continued */
  constructor(device: string, reason: string, options?: ErrorOptions & { training?: number }) {
    const again =
      options?.training === undefined
        ? 'Run it again, on another device if need be (--device native).'
        : `What was trained is kept up to the last finished epoch. Continue it on another device, such as: ccnet run resume ${options.training} --device native.`;
    const smaller = OUT_OF_MEMORY.test(reason)
      ? 'Its memory did not suffice: close what else uses it, or take a smaller batch or crop. '
      : '';
    super(deviceFault(device, 'failed', reason), smaller + again, EXIT.internal, options);
    this.device = device;
    this.#reason = reason;
  }

  /** The same failure, told with the training that can be continued. */
  ofTraining(training: number): DeviceFailedError {
    return new DeviceFailedError(this.device, this.#reason, { cause: this.cause, training });
  }
}
