import { ipcRenderer } from 'electron';
import { WEBGPU_PORT } from '#contract/webgpuPort.ts';

// The sandboxed page's own world; the main process is checked without the DOM's types.
declare const window: { postMessage(message: unknown, origin: string, transfer: readonly unknown[]): void };
declare const location: { readonly origin: string };

// All that this window gets from the program: its end of a channel to one job.
ipcRenderer.once(WEBGPU_PORT, ({ ports }) => window.postMessage(WEBGPU_PORT, location.origin, ports));
