import '@tensorflow/tfjs-backend-cpu';
import '@tensorflow/tfjs-backend-wasm';
import { env, getBackend, setBackend, sum, tensor } from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, it, vi } from 'vitest';
import { onWasm } from '../../../src-main/export/tfjs/onWasm.ts';

const handlers = () =>
  (['uncaughtException', 'unhandledRejection'] as const).map((event) => process.listenerCount(event));

describe('the backend on which exports are checked', () => {
  beforeAll(() => setBackend('cpu'));

  it('is never another one: that it does not start is an error', async () => {
    // With threads it looks for its worker in a browser's way.
    const silenced = vi.spyOn(console, 'warn').mockReturnValue();
    env().set('WASM_HAS_MULTITHREAD_SUPPORT', true);
    await expect(onWasm(async () => getBackend())).rejects.toThrow('did not start');
    env().set('WASM_HAS_MULTITHREAD_SUPPORT', false);
    silenced.mockRestore();
    expect(getBackend()).toBe('cpu');
  });

  it('starts from the disk, fetches nothing, and leaves the handling of unhandled errors as it was', async () => {
    const fetched = vi.spyOn(globalThis, 'fetch');
    const before = handlers();
    await onWasm(async () => undefined);
    expect(fetched).not.toHaveBeenCalled();
    expect(handlers()).toEqual(before);
  });

  it('is WebAssembly while the work lasts, and the one before afterwards, also when the work fails', async () => {
    const [name, total] = await onWasm(async () => [getBackend(), await sum(tensor([1, 2])).data()] as const);
    expect(name).toBe('wasm');
    expect(total).toEqual(Float32Array.of(3));
    expect(getBackend()).toBe('cpu');
    await expect(onWasm(() => Promise.reject(new Error('no such file')))).rejects.toThrow('no such file');
    expect(getBackend()).toBe('cpu');
  });
});
