import type { WebgpuAdapter } from '#contract/webgpuCalls.ts';
import { CcnetError } from '#common/errors.ts';
import { adapterWords } from '../src-main/engine/gpu/adapterWords.ts';
import { GpuContext } from '../src-main/engine/gpu/gpuContext.ts';

/** The browser's GPU, in words and ready to compute. */
export interface OpenedAdapter {
  readonly words: WebgpuAdapter;
  readonly context: GpuContext;
}

/**
 * Opens the browser's GPU.
 * @param onLost called with the browser's reason when the GPU goes or fails: a driver restart, an unplugged card, no memory
 * @throws webgpu-no-adapter when the browser offers none.
 */
export async function openAdapter(onLost: (reason: string) => void): Promise<OpenedAdapter> {
  const adapter =
    'gpu' in navigator ? await navigator.gpu.requestAdapter({ powerPreference: 'high-performance' }) : null;
  if (!adapter) throw new CcnetError('webgpu-no-adapter', { device: 'webgpu' });
  return { words: adapterWords(adapter.info), context: await GpuContext.open(adapter, onLost) };
}
