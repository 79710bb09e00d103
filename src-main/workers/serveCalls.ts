import { failureOf } from '#common/errors.ts';
import type { CallMessage, CallTable, PortMessage, WorkerMessage } from './protocol.ts';

/** A channel whose other end calls functions of this process. */
export interface CallPort {
  postMessage(message: WorkerMessage): void;
  on(event: 'message', listener: (event: { data: CallMessage | PortMessage }) => void): void;
}

/**
 * Runs the functions of `table` for the other end of `port`, and then says that it is ready. A worker's port leads to the main
 * process, which alone can send messages there.
 */
export function serveCalls(port: CallPort, table: CallTable): void {
  port.on('message', ({ data }) => {
    if (data.type !== 'call') return;
    const { id, name, payload } = data;
    void answer(table, name, payload).then(
      (value) => port.postMessage({ type: 'value', id, value }),
      (error: unknown) => port.postMessage({ type: 'error', id, error: failureOf(error) }),
    );
  });
  port.postMessage({ type: 'ready' });
}

async function answer(table: CallTable, name: string, payload: unknown): Promise<unknown> {
  const call = Object.hasOwn(table, name) ? table[name] : undefined;
  if (!call) throw new Error(`This worker has no function "${name}".`);
  return (call as (payload: unknown) => unknown)(payload);
}
