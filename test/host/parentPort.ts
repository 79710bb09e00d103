/** `node --import` this file in a forked process: it then has Electron's process.parentPort. */
import { PortBridge } from './portBridge.ts';

const send = (message: unknown): void => {
  if (process.connected) process.send?.(message);
};
const bridge = new PortBridge(send);
const parentPort = {
  postMessage: send,
  on: (_event: 'message', listener: (event: { data: unknown; ports: unknown[] }) => void): void => {
    process.on('message', (arrived) => {
      if (isEnvelope(arrived))
        listener({ data: arrived.message, ports: arrived.ports.map((id) => bridge.port(id)) });
    });
  },
};
process.on('message', (arrived) => void bridge.receive(arrived));
Object.defineProperty(process, 'parentPort', { value: parentPort });
// Electron's utility processes end with their main process, however that dies.
process.on('disconnect', () => process.exit());

function isEnvelope(arrived: unknown): arrived is { message: unknown; ports: number[] } {
  return typeof arrived === 'object' && arrived !== null && 'message' in arrived && 'ports' in arrived;
}
