import { toWireError } from '../contract/wireError.ts';
import type { CallTable, WorkerPort } from './protocol.ts';

/** Runs the functions of `table` for the main process, which alone can send messages here, and then says that it is ready. */
export function serveCalls(port: WorkerPort, table: CallTable): void {
  port.on('message', ({ data }) => {
    const { id, name, payload } = data;
    void answer(table, name, payload).then(
      (value) => port.postMessage({ type: 'value', id, value }),
      (error: unknown) => port.postMessage({ type: 'error', id, error: toWireError(error) }),
    );
  });
  port.postMessage({ type: 'ready' });
}

async function answer(table: CallTable, name: string, payload: unknown): Promise<unknown> {
  const call = Object.hasOwn(table, name) ? table[name] : undefined;
  if (!call) throw new Error(`This worker has no function "${name}".`);
  return (call as (payload: unknown) => unknown)(payload);
}
