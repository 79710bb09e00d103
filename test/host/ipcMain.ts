import { EventEmitter } from 'node:events';

/** Address and parent of the frame that calls. */
export interface Caller {
  readonly senderFrame: { readonly url: string; readonly parent: unknown } | null;
}
type Listener = (event: Caller, ...args: unknown[]) => unknown;

class IpcMainStandIn extends EventEmitter {
  readonly #handlers = new Map<string, Listener>();

  handle(channel: string, listener: Listener): void {
    if (this.#handlers.has(channel))
      throw new Error(`Attempted to register a second handler for '${channel}'`);
    this.#handlers.set(channel, listener);
  }

  /** What ipcRenderer.invoke leads to. */
  async invoke(channel: string, event: Caller, args: readonly unknown[]): Promise<unknown> {
    const handler = this.#handlers.get(channel);
    if (!handler) throw new Error(`No handler registered for '${channel}'`);
    return handler(event, ...args);
  }
}

export const ipcMain = new IpcMainStandIn();
