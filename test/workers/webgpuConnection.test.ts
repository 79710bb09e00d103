import { describe, expect, it, vi } from 'vitest';
import { DeviceFailedError } from '../../src-main/engine/DeviceFailedError.ts';
import type { ChannelPort, WorkerMessage } from '../../src-main/workers/protocol.ts';
import { serveCalls } from '../../src-main/workers/serveCalls.ts';
import { WebgpuConnection } from '../../src-main/workers/webgpuConnection.ts';
import { MessageChannelMain } from '../host/messageChannelMain.ts';

const ADAPTER = { name: 'acme gpu', software: false };

/** A channel whose far end answers as told. */
function channel(answer: (name: string) => unknown) {
  const { port1, port2 } = new MessageChannelMain();
  const serve = (name: string) => () => answer(name);
  serveCalls(port2, { adapter: serve('adapter'), weights: serve('weights') });
  port2.start();
  return { connection: new WebgpuConnection(port1), far: port2 };
}

describe('the channel to the window with WebGPU', () => {
  it('carries a call and its answer', async () => {
    const { connection } = channel(() => ADAPTER);
    expect(await connection.call('adapter', null)).toEqual(ADAPTER);
  });

  it('passes on the error of the window', async () => {
    const { connection } = channel(() => {
      throw new Error('no adapter here');
    });
    await expect(connection.call('adapter', null)).rejects.toThrow('no adapter here');
  });

  it.each([
    ['an object without a name', { software: false }],
    ['a text', 'gpu'],
    ['nothing', undefined],
  ])('takes %s in the place of an adapter for a failure of the device', async (_what, answer) => {
    const { connection } = channel(() => answer);
    await expect(connection.call('adapter', null)).rejects.toThrow(DeviceFailedError);
  });

  it('rejects what waits, and all that comes later, when the window ends', async () => {
    const { connection, far } = channel(() => new Promise(() => undefined));
    const waiting = connection.call('weights', 0);
    const rejected = expect(waiting).rejects.toThrow('The graphics card failed: its window has ended.');
    await Promise.resolve();
    far.close();
    await rejected;
    await expect(connection.call('weights', 0)).rejects.toThrow('its window has ended.');
  });

  it('rejects what waits when the GPU is lost, with the reason that the browser gives', async () => {
    const { connection, far } = channel(() => new Promise(() => undefined));
    const waiting = connection.call('weights', 0);
    const rejected = expect(waiting).rejects.toThrow('the GPU was lost (driver restarted)');
    await Promise.resolve();
    far.postMessage({
      type: 'notice',
      name: 'webgpu-lost',
      value: 'driver restarted',
    } satisfies WorkerMessage);
    await rejected;
  });

  it('does not wait for ever for a page that never loads', async () => {
    vi.useFakeTimers();
    try {
      const { port1 } = new MessageChannelMain();
      const asked = new WebgpuConnection(port1 as ChannelPort).call('adapter', null);
      const rejected = expect(asked).rejects.toThrow('its window does not answer.');
      await vi.advanceTimersByTimeAsync(120_000);
      await rejected;
    } finally {
      vi.useRealTimers();
    }
  });
});
