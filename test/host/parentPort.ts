/** `node --import` this file in a forked process: it then has Electron's process.parentPort. */
import { PortBridge } from './portBridge.ts';

const send = (message: unknown): void => {
  if (process.connected) process.send?.(message);
};
const bridge = new PortBridge(send);
type Listener = (event: { data: unknown; ports: unknown[] }) => void;
const listeners: Listener[] = [];
const parentPort = {
  postMessage: send,
  on: (_event: 'message', listener: Listener): void => void listeners.push(listener),
};
process.on('message', (arrived) => {
  if (bridge.receive(arrived) || !isEnvelope(arrived)) return;
  // All listeners are given the same ports.
  const event = { data: arrived.message, ports: arrived.ports.map((id) => bridge.port(id)) };
  for (const listener of [...listeners]) listener(event);
});
Object.defineProperty(process, 'parentPort', { value: parentPort });
// Electron's utility processes end with their main process, however that dies.
process.on('disconnect', () => process.exit());

function isEnvelope(arrived: unknown): arrived is { message: unknown; ports: number[] } {
  return typeof arrived === 'object' && arrived !== null && 'message' in arrived && 'ports' in arrived;
}
