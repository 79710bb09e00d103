import '@tensorflow/tfjs-backend-webgpu';
import type { WebGPUBackend } from '@tensorflow/tfjs-backend-webgpu';
import { backend, env, setBackend, version_core } from '@tensorflow/tfjs-core';
import type { WebgpuAdapter } from '#contract/webgpuCalls.ts';
import { CcnetError } from '#common/errors.ts';

/**
 * Makes the browser's GPU the device that TensorFlow.js computes on.
 * @param onLost called with the browser's reason when the GPU goes or fails: a driver restart, an unplugged card, no memory
 * @throws webgpu-no-adapter when the browser offers none.
 */
export async function openAdapter(onLost: (reason: string) => void): Promise<WebgpuAdapter> {
  // TensorFlow.js would greet, and its own adapter request fails without saying why.
  env().set('PROD', true);
  const adapter =
    'gpu' in navigator ? await navigator.gpu.requestAdapter({ powerPreference: 'high-performance' }) : null;
  if (!adapter) throw new CcnetError('webgpu-no-adapter', { device: 'webgpu' });
  await setBackend('webgpu');
  const { device } = backend() as WebGPUBackend;
  void device.lost.then(({ message, reason }) => onLost(message || reason));
  // Out of memory, or a shader that does not fit this GPU: what it computes from then on is worth nothing.
  device.addEventListener('uncapturederror', ({ error }) => onLost(error.message));
  const { vendor, architecture, device: model, description, isFallbackAdapter } = adapter.info;
  const software =
    isFallbackAdapter || /swiftshader|llvmpipe|lavapipe|warp/i.test(`${architecture} ${description}`);
  const words = [vendor, architecture, description || model].filter((word) => word !== '');
  return {
    name: words.join(' ') || 'unnamed GPU',
    software,
    version: version_core,
  };
}
