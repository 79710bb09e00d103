import { config } from 'zod';
import { WEBGPU_LOST } from '#contract/webgpuCalls.ts';
import { WEBGPU_PORT } from '#contract/webgpuPort.ts';
import { serveCalls } from '../src-main/workers/serveCalls.ts';
import { deviceCalls } from './deviceCalls.ts';

// The page's policy forbids code made from strings, with which zod would check faster.
config({ jitless: true });

/** The one message that this page takes: preload hands over the channel to a job, once. */
window.addEventListener('message', function receive({ source, data, ports: [port] }) {
  if (source !== window || data !== WEBGPU_PORT || !port) return;
  window.removeEventListener('message', receive);
  serveCalls(
    {
      postMessage: (message) => port.postMessage(message),
      on: (_event, listener) => (port.onmessage = listener),
    },
    deviceCalls((reason) => port.postMessage({ type: 'notice', name: WEBGPU_LOST, value: reason })),
  );
});
