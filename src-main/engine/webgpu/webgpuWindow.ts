import type { WebgpuCall, WebgpuPayload, WebgpuResult } from '#contract/webgpuCalls.ts';

/** The window that computes on WebGPU, seen from a job. */
export interface WebgpuWindow {
  /**
   * Has the window do something; calls are answered in any order.
   * @throws RemoteError with the window's own error, or DeviceFailedError once the GPU or the window has gone
   */
  call<Name extends WebgpuCall>(name: Name, payload: WebgpuPayload<Name>): Promise<WebgpuResult<Name>>;
  /** Ends the window. */
  close(): void;
}

let open: (() => Promise<WebgpuWindow>) | null = null;

/** Tells this process how it gets a window with WebGPU. Only the desktop app's jobs have one. */
export function provideWebgpuWindow(opener: () => Promise<WebgpuWindow>): void {
  open = opener;
}

/** Opens a window with WebGPU; null in a process that has no way to one, such as the command line. */
export function openWebgpuWindow(): Promise<WebgpuWindow> | null {
  return open?.() ?? null;
}
