import type { WebgpuWindow } from '../../engine/webgpu/webgpuWindow.ts';
import type { WorkerPort } from '../protocol.ts';
import { WebgpuConnection } from '../webgpuConnection.ts';
import { WEBGPU_WINDOW } from '../webgpuWindowNotice.ts';

/** Asks the main process for a window with WebGPU, and resolves with the channel to it. */
export function requestWebgpuWindow(port: WorkerPort): Promise<WebgpuWindow> {
  return new Promise((resolve) => {
    port.on('message', ({ data, ports: [end] }) => {
      if (data.type === 'port' && data.name === WEBGPU_WINDOW && end) resolve(new WebgpuConnection(end));
    });
    port.postMessage({ type: 'notice', name: WEBGPU_WINDOW, value: null });
  });
}
