import { failureOf, hasCode } from '#common/errors.ts';
import { problemOf } from '#common/failures/failures.ts';
import { DeviceUnavailableError } from '../DeviceUnavailableError.ts';
import type { Engine } from '../Engine.ts';
import { FailedSelfTestError } from '../FailedSelfTestError.ts';
import { nativeReference } from '../nativeReference.ts';
import { selfTest } from '../selfTest.ts';
import type { OpenStep } from '../trainingStep.ts';
import { WebgpuStep } from './webgpuStep.ts';
import { openWebgpuWindow, type WebgpuWindow } from './webgpuWindow.ts';

/**
 * Opens the GPU that a hidden window of the desktop app offers as WebGPU, after a training step on it has agreed with the native
 * engine's.
 * @throws DeviceUnavailableError without a window or an adapter; FailedSelfTestError when its numbers are not native's.
 */
export async function openWebgpu(): Promise<Engine> {
  const opening = openWebgpuWindow();
  if (!opening) throw new DeviceUnavailableError('webgpu-without-window', { device: 'webgpu' });
  let window: WebgpuWindow | null = null;
  try {
    window = await opening;
    const opened = window;
    const { name, software, version } = await opened.call('adapter', null);
    const openStep: OpenStep = (order) => WebgpuStep.open(opened, order);
    const test = () => selfTest(openStep, nativeReference);
    const tested = await test();
    if (!tested.passed) throw new FailedSelfTestError('webgpu', tested);
    return {
      id: 'webgpu',
      name: software ? 'Software GPU (WebGPU)' : 'GPU (WebGPU)',
      version: `webgpu ${version} (${name}${software ? ', computed by the processor' : ''})`,
      // Browsers do not tell, so that pages cannot recognise a computer by it.
      memoryBytes: null,
      openStep,
      selfTest: test,
    };
  } catch (cause) {
    window?.close();
    if (cause instanceof FailedSelfTestError) throw cause;
    if (hasCode(cause, 'webgpu-no-adapter'))
      throw new DeviceUnavailableError(cause.code, cause.facts, { cause });
    const reason = hasCode(cause, 'device-failed') ? cause.facts.reason : problemOf(failureOf(cause));
    throw new DeviceUnavailableError('webgpu-unusable', { device: 'webgpu', reason }, { cause });
  }
}
