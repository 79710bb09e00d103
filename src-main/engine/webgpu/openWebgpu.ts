import { DeviceUnavailableError } from '../DeviceUnavailableError.ts';
import type { Engine, EngineOptions } from '../Engine.ts';
import { FailedSelfTestError } from '../FailedSelfTestError.ts';
import { openNative } from '../openNative.ts';
import { referenceGradients } from '../referenceGradients.ts';
import { judgeGradients, type SelfTest, withBackend } from '../selfTest.ts';
import { WebgpuStep } from './webgpuStep.ts';
import { webgpuUnavailable } from './webgpuUnavailable.ts';
import { openWebgpuWindow, type WebgpuWindow } from './webgpuWindow.ts';

/**
 * Opens the GPU that a hidden window of the desktop app offers as WebGPU. The native engine stays this process's own backend:
 * first weights are drawn there, so that every device starts from the same ones.
 * @throws DeviceUnavailableError without a window or an adapter; FailedSelfTestError when its numbers are not native's.
 */
export async function openWebgpu(options: EngineOptions): Promise<Engine> {
  const opening = openWebgpuWindow();
  if (!opening) throw webgpuUnavailable();
  const native = await openNative(options);
  let window: WebgpuWindow | null = null;
  try {
    window = await opening;
    const { name, software, version } = await window.call('adapter', null);
    const tested = await compareWithNative(window, native.backendName);
    if (!tested.passed) throw new FailedSelfTestError('webgpu', tested);
    const opened = window;
    return {
      id: 'webgpu',
      name: software ? 'Software GPU (WebGPU)' : 'GPU (WebGPU)',
      version: `webgpu ${version} (${name}${software ? ', computed by the processor' : ''})`,
      backendName: native.backendName,
      // Browsers do not tell, so that pages cannot recognise a computer by it.
      memoryBytes: null,
      openStep: (order) => WebgpuStep.open(opened, order),
      memory: () => native.memory(),
      selfTest: tested,
      timeStep: () => opened.call('time', null),
    };
  } catch (cause) {
    window?.close();
    if (cause instanceof FailedSelfTestError) throw cause;
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new DeviceUnavailableError(
      'webgpu',
      reason,
      'Use the device native. If this computer has a graphics card, update its driver; on Linux, install its Vulkan driver.',
      { cause },
    );
  }
}

async function compareWithNative(window: WebgpuWindow, native: string): Promise<SelfTest> {
  const expected = await withBackend(native, referenceGradients);
  return judgeGradients(await window.call('gradients', null), expected, 'the native device');
}
