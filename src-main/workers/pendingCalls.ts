import { errorFrom } from '#common/errors.ts';
import type { CallMessage, WorkerMessage } from './protocol.ts';

interface Pending {
  readonly resolve: (value: unknown) => void;
  readonly reject: (error: Error) => void;
}

/** Calls to another process that wait for their answers. */
export class PendingCalls {
  readonly #pending = new Map<number, Pending>();
  #calls = 0;

  /** Sends a call. @throws CcnetError with the other process's failure, or what `rejectAll` is given */
  send(name: string, payload: unknown, post: (message: CallMessage) => void): Promise<unknown> {
    const id = ++this.#calls;
    const { promise, resolve, reject } = Promise.withResolvers<unknown>();
    this.#pending.set(id, { resolve, reject });
    post({ type: 'call', id, name, payload });
    return promise;
  }

  settle(message: Extract<WorkerMessage, { type: 'value' | 'error' }>): void {
    const pending = this.#pending.get(message.id);
    this.#pending.delete(message.id);
    if (message.type === 'value') pending?.resolve(message.value);
    else pending?.reject(errorFrom(message.error));
  }

  /** Ends all that wait: there will be no answer. */
  rejectAll(error: Error): void {
    for (const { reject } of this.#pending.values()) reject(error);
    this.#pending.clear();
  }
}
