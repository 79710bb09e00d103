import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { inspectedDeviceSchema } from '#common/device/device.ts';
import { CcnetError } from '#common/errors.ts';
import { listDevices } from '../../src-main/engine/listDevices.ts';
import { provideWebgpuWindow, type WebgpuWindow } from '../../src-main/engine/webgpu/webgpuWindow.ts';

// Whatever the user of this machine has set up, and whatever card it has.
beforeAll(() => {
  vi.stubEnv('CCNET_TENSORFLOW_HOME', join(tmpdir(), 'ccnet-no-tensorflow'));
  const noWindow: WebgpuWindow = {
    call: () => Promise.reject(new CcnetError('webgpu-no-adapter', { device: 'webgpu' })),
    close: () => undefined,
  };
  provideWebgpuWindow(() => Promise.resolve(noWindow));
});
afterAll(() => vi.unstubAllEnvs());

describe('listDevices', () => {
  it('works before any device has been chosen', async () => {
    expect(await listDevices(['webgpu'])).toMatchObject([{ id: 'webgpu', usable: false }]);
  });

  it('tests and times the native engine, and says why the others cannot be used', async () => {
    const [native, tensorflow, webgpu] = (await listDevices()).map((device) =>
      inspectedDeviceSchema.parse(device),
    );
    expect(native).toMatchObject({ id: 'native', usable: true, failure: null });
    expect(native?.selfTest).toMatch(/^passed: /);
    expect(native?.stepMs).toBeGreaterThan(0);
    expect(native?.memoryBytes).toBeGreaterThan(0);
    for (const device of [tensorflow, webgpu]) {
      expect(device).toMatchObject({ usable: false, stepMs: null, selfTest: null });
      expect(device?.failure?.facts).toMatchObject({ device: device?.id });
    }
  });
});
