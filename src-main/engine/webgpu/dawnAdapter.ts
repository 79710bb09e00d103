import { reasonOf } from '#common/errors.ts';
import { DeviceUnavailableError } from '../DeviceUnavailableError.ts';

/** Dawn, the WebGPU of Chromium, for Node. */
const PACKAGE = 'webgpu';

/** The part of the package that is used here. */
interface Dawn {
  readonly create: (options: readonly string[]) => GPU;
}

/** Kept: Dawn forgets its devices when nothing holds what made them. */
let dawn: GPU | null = null;

/**
 * The card of this machine, as Dawn offers it to a process of Node. Not for Electron, whose processes forbid the memory that Dawn maps.
 * @throws DeviceUnavailableError when the package is missing or there is no adapter
 */
export async function requestDawnAdapter(): Promise<GPUAdapter> {
  dawn ??= await load();
  const adapter = await dawn.requestAdapter({ powerPreference: 'high-performance' });
  if (!adapter) throw new DeviceUnavailableError('webgpu-no-adapter', { device: 'webgpu' });
  return adapter;
}

async function load(): Promise<GPU> {
  try {
    const { create } = (await import(PACKAGE)) as Dawn;
    return create([]);
  } catch (cause) {
    const facts = { device: 'webgpu', package: PACKAGE, reason: reasonOf(cause) } as const;
    throw new DeviceUnavailableError('webgpu-package-missing', facts, { cause });
  }
}
