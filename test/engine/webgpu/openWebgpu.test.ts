import { getBackend } from '@tensorflow/tfjs-core';
import { afterEach, describe, expect, it } from 'vitest';
import type { WebgpuCall } from '#contract/webgpuCalls.ts';
import { DeviceFailedError } from '../../../src-main/engine/DeviceFailedError.ts';
import { DeviceUnavailableError } from '../../../src-main/engine/DeviceUnavailableError.ts';
import { FailedSelfTestError } from '../../../src-main/engine/FailedSelfTestError.ts';
import { listDevices } from '../../../src-main/engine/listDevices.ts';
import { openEngine } from '../../../src-main/engine/openEngine.ts';
import { openNative } from '../../../src-main/engine/openNative.ts';
import { referenceGradients } from '../../../src-main/engine/referenceGradients.ts';
import { provideWebgpuWindow, type WebgpuWindow } from '../../../src-main/engine/webgpu/webgpuWindow.ts';

const state = { closed: 0 };
afterEach(() => (state.closed = 0));

/** A window whose GPU computes what native computes, times `factor`. */
function provide({ factor = 1, software = false, calls = {} as Partial<Record<WebgpuCall, () => unknown>> }) {
  const answers: Partial<Record<WebgpuCall, () => unknown>> = {
    adapter: () => ({ name: 'acme gpu', version: '4.22.0', software }),
    gradients: async () => {
      await openNative({});
      return (await referenceGradients()).map((values) => values.map((value) => value * factor));
    },
    time: () => 12.5,
    ...calls,
  };
  const window: WebgpuWindow = {
    call: async (name) => (await answers[name]?.()) as never,
    close: () => (state.closed += 1),
  };
  provideWebgpuWindow(() => Promise.resolve(window));
}

describe('the device webgpu, where there is a window for it', () => {
  it('names its GPU, has passed its self-test against native, and leaves native current in this process', async () => {
    provide({});
    const engine = await openEngine('webgpu');
    expect(engine).toMatchObject({ id: 'webgpu', name: 'GPU (WebGPU)', version: 'webgpu 4.22.0 (acme gpu)' });
    expect(engine.selfTest?.text).toMatch(/^passed: .* agree with the native device within/);
    expect(engine.openStep).not.toBeNull();
    expect(getBackend()).toBe('native');
    expect(state.closed).toBe(0);
  });

  it('says so when the GPU is computed by the processor', async () => {
    provide({ software: true });
    const [device] = await listDevices(['webgpu']);
    expect(device).toMatchObject({ usable: true, stepMs: 12.5 });
    expect(device?.name).toBe('Software GPU (WebGPU), webgpu 4.22.0 (acme gpu, computed by the processor)');
  });

  it('is refused, and its window closed, when it computes something else than native', async () => {
    provide({ factor: 1.01 });
    await expect(openEngine('webgpu')).rejects.toThrow(FailedSelfTestError);
    expect(state.closed).toBe(1);
    const [device] = await listDevices(['webgpu']);
    expect(device).toMatchObject({ usable: false, selfTest: expect.stringMatching(/^FAILED/) as string });
  });

  it('is refused with the reason of the window when that finds no adapter', async () => {
    const noAdapter = () => {
      throw new DeviceFailedError('webgpu', 'no adapter');
    };
    provide({ calls: { adapter: noAdapter } });
    const error: unknown = await openEngine('webgpu').catch((reason: unknown) => reason);
    expect(error).toBeInstanceOf(DeviceUnavailableError);
    expect(error).toMatchObject({ message: expect.stringContaining('no adapter') as string });
    expect(state.closed).toBe(1);
  });
});
