import { type CcnetError, failureOf, hasCode } from '#common/errors.ts';
import { problemOf } from '#common/failures/failures.ts';
import { DeviceUnavailableError } from '../DeviceUnavailableError.ts';
import type { Engine } from '../Engine.ts';
import type { AdapterWords } from '../gpu/adapterWords.ts';
import { FailedSelfTestError } from '../FailedSelfTestError.ts';
import { nativeReference } from '../nativeReference.ts';
import { selfTest } from '../selfTest.ts';
import { openDawnHost } from './dawnHost.ts';
import type { WebgpuHost } from './webgpuHost.ts';
import { openWebgpuWindow } from './webgpuWindow.ts';
import { openWindowHost } from './windowHost.ts';

/**
 * Version of this device's arithmetic: changes when the same seed may give other bits on the same card. Up to 4.22.0 it was TensorFlow.js's,
 * which computed here before.
 */
const VERSION = '5.0.0';

/** How the device is named in what it has computed. */
export function webgpuVersion({ name, software }: AdapterWords): string {
  return `webgpu ${VERSION} (${name}${software ? ', computed by the processor' : ''})`;
}

/**
 * Opens the GPU, through the hidden window where there is one (the desktop app) and in this process elsewhere, after a training step on it
 * has agreed with the native engine's.
 * @throws DeviceUnavailableError without an adapter; FailedSelfTestError when its numbers are not native's.
 */
export async function openWebgpu(): Promise<Engine> {
  let host: WebgpuHost | null = null;
  try {
    const window = openWebgpuWindow();
    host = window ? await openWindowHost(window) : await openDawnHost();
    const { software, openStep } = host;
    const test = () => selfTest(openStep, nativeReference);
    const tested = await test();
    if (!tested.passed) throw new FailedSelfTestError('webgpu', tested);
    return {
      id: 'webgpu',
      name: software ? 'Software GPU (WebGPU)' : 'GPU (WebGPU)',
      version: webgpuVersion(host),
      software,
      // Neither browsers nor WebGPU itself tell.
      memoryBytes: null,
      openStep,
      selfTest: test,
    };
  } catch (cause) {
    host?.close();
    throw unavailable(cause);
  }
}

/** What keeps the device from being used, as a failure of its own. */
function unavailable(cause: unknown): CcnetError {
  if (cause instanceof DeviceUnavailableError) return cause;
  // From the window it comes as another error of the same code.
  if (hasCode(cause, 'webgpu-no-adapter'))
    return new DeviceUnavailableError(cause.code, cause.facts, { cause });
  const reason = hasCode(cause, 'device-failed') ? cause.facts.reason : problemOf(failureOf(cause));
  return new DeviceUnavailableError('webgpu-unusable', { device: 'webgpu', reason }, { cause });
}
