import { BrowserWindow, MessageChannelMain } from 'electron';
import { WEBGPU_PORT } from '#contract/webgpuPort.ts';
import { WEBGPU_PAGE } from '../protocol/appScheme.ts';
import { isolatedPage } from '../window/isolatedPage.ts';

/** A hidden window that computes on WebGPU, and the end of its channel that is meant for a job. */
export interface HiddenWindow {
  readonly port: Electron.MessagePortMain;
  /** Ends the window; may be called again. */
  close(): void;
}

/**
 * Opens the window that computes on WebGPU for one job: never shown, sandboxed, isolated, without Node, without any call to the
 * main process. All that reaches it is one end of a channel; when the window dies, the channel closes.
 */
export function openWebgpuWindow(dist: string): HiddenWindow {
  const window = new BrowserWindow({
    show: false,
    title: 'CC-Net on WebGPU',
    webPreferences: isolatedPage(dist, 'preloadWebgpu.cjs'),
  });
  const { port1, port2 } = new MessageChannelMain();
  const close = (): void => {
    if (!window.isDestroyed()) window.destroy();
    // The job learns of it from its own end; without a page that took the other one, nothing else would close it.
    port2.close();
  };
  window.webContents.once('did-finish-load', () => {
    window.webContents.postMessage(WEBGPU_PORT, null, [port2]);
  });
  window.webContents.once('did-fail-load', close);
  window.webContents.once('render-process-gone', close);
  window.loadURL(WEBGPU_PAGE).catch(close);
  return { port: port1, close };
}
