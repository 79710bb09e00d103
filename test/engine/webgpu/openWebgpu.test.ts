import { afterEach, describe, expect, it } from 'vitest';
import type { WebgpuCall, WebgpuPayload } from '#contract/webgpuCalls.ts';
import { DeviceFailedError } from '../../../src-main/engine/DeviceFailedError.ts';
import { DeviceUnavailableError } from '../../../src-main/engine/DeviceUnavailableError.ts';
import { FailedSelfTestError } from '../../../src-main/engine/FailedSelfTestError.ts';
import { listDevices } from '../../../src-main/engine/listDevices.ts';
import { openEngine } from '../../../src-main/engine/openEngine.ts';
import { CompiledStep } from '../../../src-main/engine/compiled/compiledStep.ts';
import { provideWebgpuWindow, type WebgpuWindow } from '../../../src-main/engine/webgpu/webgpuWindow.ts';

const state = { closed: 0 };
afterEach(() => (state.closed = 0));

type Answers = Partial<Record<WebgpuCall, (payload: unknown) => unknown>>;

/** A window whose GPU computes what native computes, times `factor`. */
function provide({ factor = 1, software = false, calls = {} as Answers }) {
  let step: CompiledStep | undefined;
  const answers: Answers = {
    adapter: () => ({ name: 'acme gpu', software }),
    open: (order) => {
      step = new CompiledStep(order as WebgpuPayload<'open'>);
      return 0;
    },
    run: (payload) => {
      const { batch, learningRate } = payload as WebgpuPayload<'run'>;
      return step?.run(batch, learningRate);
    },
    optimizer: () =>
      step?.optimizer().map((tensor) => ({ ...tensor, data: tensor.data.map((value) => value * factor) })),
    ...calls,
  };
  const window: WebgpuWindow = {
    call: async (name, payload) => (await answers[name]?.(payload)) as never,
    close: () => (state.closed += 1),
  };
  provideWebgpuWindow(() => Promise.resolve(window));
}

describe('the device webgpu, where there is a window for it', () => {
  it('names its GPU, and has passed its self-test against native', async () => {
    provide({});
    const engine = await openEngine('webgpu');
    expect(engine).toMatchObject({ id: 'webgpu', name: 'GPU (WebGPU)', version: 'webgpu 5.0.0 (acme gpu)' });
    expect((await engine.selfTest()).text).toMatch(/^passed: .* agree with the native device within/);
    expect(state.closed).toBe(0);
  });

  it('says so when the GPU is computed by the processor', async () => {
    provide({ software: true });
    const [device] = await listDevices(['webgpu']);
    expect(device?.usable).toBe(true);
    expect(device?.stepMs).toBeGreaterThan(0);
    expect(device?.name).toBe('Software GPU (WebGPU), webgpu 5.0.0 (acme gpu, computed by the processor)');
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
