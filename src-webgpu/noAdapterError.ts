import { CcnetError, EXIT } from '#common/errors.ts';

/** The browser offers no GPU to compute on. */
export class NoAdapterError extends CcnetError {
  constructor() {
    super(
      'The window found no WebGPU adapter.',
      'Use the device native. If this computer has a graphics card, update its driver; on Linux, install its Vulkan driver.',
      EXIT.usage,
    );
  }
}
