import type { DeviceId } from '#common/device/device.ts';
import type { Engine, EngineOptions } from './Engine.ts';
import { openNative } from './openNative.ts';
import { openWebgpu } from './webgpu/openWebgpu.ts';

export type { Engine, EngineOptions } from './Engine.ts';

/**
 * Opens a device to train and predict on. There is no fallback: a device that cannot be used is an error.
 * @throws DeviceUnavailableError that says why the device cannot be used and what to do.
 * @throws not-a-thread-count when the number of threads is not a whole number from 1 to 1024.
 */
export async function openEngine(device: DeviceId, options: EngineOptions = {}): Promise<Engine> {
  switch (device) {
    case 'native':
      return openNative(options);
    case 'tensorflow': {
      // With it comes TensorFlow.js, which no other device needs.
      const { openTensorflow } = await import('./openTensorflow.ts');
      return openTensorflow(options);
    }
    case 'webgpu':
      return openWebgpu();
  }
}
