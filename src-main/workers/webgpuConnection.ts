import {
  WEBGPU_CALLS,
  WEBGPU_LOST,
  type WebgpuCall,
  type WebgpuPayload,
  type WebgpuResult,
} from '#contract/webgpuCalls.ts';
import { DeviceFailedError } from '../engine/DeviceFailedError.ts';
import type { WebgpuWindow } from '../engine/webgpu/webgpuWindow.ts';
import { PendingCalls } from './pendingCalls.ts';
import type { ChannelPort, WorkerMessage } from './protocol.ts';

/** Time for the window to load its page; a slow machine starts a process and compiles a megabyte of script. */
const READY_MS = 120_000;

/** A job's channel to the window that computes on WebGPU; when GPU or window go, every call is rejected. */
export class WebgpuConnection implements WebgpuWindow {
  readonly #port: ChannelPort;
  readonly #ready = Promise.withResolvers<void>();
  readonly #pending = new PendingCalls();
  #failed: DeviceFailedError | null = null;

  constructor(port: ChannelPort) {
    this.#port = port;
    this.#ready.promise.catch(() => undefined);
    const late = setTimeout(() => this.#fail('its window does not answer.'), READY_MS).unref();
    void this.#ready.promise.finally(() => clearTimeout(late)).catch(() => undefined);
    port.on('message', ({ data }) => this.#receive(data));
    port.on('close', () => this.#fail('its window has ended.'));
    port.start();
  }

  async call<Name extends WebgpuCall>(name: Name, payload: WebgpuPayload<Name>): Promise<WebgpuResult<Name>> {
    await this.#ready.promise;
    if (this.#failed) throw this.#failed;
    const answer = await this.#pending.send(name, payload, (message) => this.#port.postMessage(message));
    const checked = WEBGPU_CALLS[name].result.safeParse(answer);
    if (!checked.success)
      throw new DeviceFailedError('webgpu', `its window answered ${name} with something else.`);
    return checked.data as WebgpuResult<Name>;
  }

  close(): void {
    this.#port.close();
    this.#fail('its window was closed.');
  }

  #receive(message: WorkerMessage): void {
    if (message.type === 'ready') this.#ready.resolve();
    else if (message.type !== 'notice') this.#pending.settle(message);
    else if (message.name === WEBGPU_LOST) this.#fail(`the GPU was lost (${String(message.value)}).`);
  }

  #fail(reason: string): void {
    this.#failed ??= new DeviceFailedError('webgpu', reason);
    this.#ready.reject(this.#failed);
    this.#pending.rejectAll(this.#failed);
  }
}
