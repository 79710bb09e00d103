import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { DeviceFailedError } from '../../../src-main/engine/DeviceFailedError.ts';
import { referenceBatch, referenceOrder } from '../../../src-main/engine/referenceNetwork.ts';
import type { WebgpuWindow } from '../../../src-main/engine/webgpu/webgpuWindow.ts';
import { noWebgpu } from '../support/noWebgpu.ts';
import { openWebgpuPage, type OpenedWindow } from '../support/webgpuWindow.ts';

const missing = await noWebgpu();

describe.skipIf(missing)('the hidden page', () => {
  let opened: OpenedWindow;
  beforeAll(async () => {
    opened = await openWebgpuPage();
  });
  afterAll(() => opened.connection.close());

  it('requests its own files and nothing else', async () => {
    await opened.connection.call('adapter', null);
    const hosts = new Set(opened.page.requests.map((url) => new URL(url).host));
    expect([...hosts]).toEqual(['webgpu.localhost']);
  });

  it('refuses a call that the contract does not know', async () => {
    const window = opened.connection as unknown as { call(name: string, payload: unknown): Promise<unknown> };
    await expect(window.call('constructor', null)).rejects.toThrow('has no function "constructor"');
  });

  it('refuses a payload that the contract does not allow, and lives on', async () => {
    const window = opened.connection as unknown as { call(name: string, payload: unknown): Promise<unknown> };
    await expect(window.call('run', { step: 0, batch: 'all', learningRate: 1 })).rejects.toThrow();
    await expect(window.call('weights', 7)).rejects.toThrow('There is no training step 7.');
    expect(await opened.connection.call('adapter', null)).toMatchObject({ name: 'google swiftshader' });
  });
});

describe.skipIf(missing)('a page whose Chromium ends', () => {
  it('rejects the call that it was at', async () => {
    const { page, connection } = await openWebgpuPage();
    const window: WebgpuWindow = connection;
    await window.call('adapter', null);
    const { layers, weights, loss, seed } = referenceOrder(8);
    const step = await window.call('open', { layers: [...layers], weights: [...weights], loss, seed });
    const running = window.call('run', { step, batch: referenceBatch(4, 64), learningRate: 0 });
    const rejected = expect(running).rejects.toThrow(DeviceFailedError);
    page.destroy();
    await rejected;
  });
});
