import { reasonOf } from '#common/errors.ts';
import { DeviceUnavailableError } from '../DeviceUnavailableError.ts';

/** The part of the package `webgpu` that is used here: Dawn, the WebGPU of Chromium, for Node. */
interface Dawn {
  create(options: readonly string[]): GPU;
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
    const { create } = (await import('webgpu')) as Dawn;
    return create([]);
  } catch (cause) {
    throw new DeviceUnavailableError(
      'webgpu-unusable',
      { device: 'webgpu', reason: reasonOf(cause) },
      { cause },
    );
  }
}
