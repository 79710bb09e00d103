import { WebgpuStep } from './webgpuStep.ts';
import type { WebgpuHost } from './webgpuHost.ts';
import type { WebgpuWindow } from './webgpuWindow.ts';

/** Opens the GPU that a hidden window offers; closes the window where it offers none. @throws what the window throws */
export async function openWindowHost(opening: Promise<WebgpuWindow>): Promise<WebgpuHost> {
  const window = await opening;
  try {
    const { name, software } = await window.call('adapter', null);
    return {
      name,
      software,
      openStep: (order) => WebgpuStep.open(window, order),
      close: () => window.close(),
    };
  } catch (error) {
    window.close();
    throw error;
  }
}
