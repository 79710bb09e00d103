import { reasonOf } from '#common/errors.ts';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { findBackend, type KernelBackend, registerBackend } from '@tensorflow/tfjs-core';
import { DeviceUnavailableError } from '../DeviceUnavailableError.ts';
import { addonFolder } from './addonFolder.ts';
import { ADDON_FILE, type AddonRecord, readAddonRecord } from './addonRecord.ts';
import { prepareProcess, requireWithCore } from './prepareProcess.ts';
import { TENSORFLOW_PACKAGE } from './tensorflowPackage.ts';

/** Name under which the package's kernels register themselves. */
export const TENSORFLOW_BACKEND = 'tensorflow';

/** The part of the addon's exports that is used here. */
interface Binding {
  readonly TF_Version: string;
  isUsingGpuDevice(): boolean;
}

export interface LoadedTensorflow {
  /** "2.21.0" */
  readonly version: string;
  /** Whether it computes on a GPU, not on the processor. */
  readonly gpu: boolean;
  readonly record: AddonRecord;
}

/**
 * Loads the addon that `ccnet devices setup-cuda` built and registers TensorFlow.js's backend "tensorflow" on it.
 * @param threads of TensorFlow on the processor; counts only for the first load in a process
 * @throws DeviceUnavailableError when it was not set up, is not complete any more, or does not load.
 */
export function loadTensorflow(threads?: number): LoadedTensorflow {
  const folder = addonFolder();
  const record = readAddonRecord(folder);
  prepareProcess(record.libraries, threads);
  const binding = loadBinding(join(folder, ADDON_FILE));
  if (!findBackend(TENSORFLOW_BACKEND)) register(binding);
  return { version: binding.TF_Version, gpu: binding.isUsingGpuDevice(), record };
}

function loadBinding(path: string): Binding {
  try {
    return createRequire(import.meta.url)(path) as Binding;
  } catch (cause) {
    const facts = { device: 'tensorflow', reason: reasonOf(cause) } as const;
    throw new DeviceUnavailableError('tensorflow-addon-unloadable', facts, { cause });
  }
}

function register(binding: Binding): void {
  try {
    requireWithCore(`${TENSORFLOW_PACKAGE}/dist/register_all_kernels.js`);
    const { NodeJSKernelBackend } = requireWithCore(
      `${TENSORFLOW_PACKAGE}/dist/nodejs_kernel_backend.js`,
    ) as {
      NodeJSKernelBackend: new (binding: Binding, packageName: string) => KernelBackend;
    };
    registerBackend(TENSORFLOW_BACKEND, () => new NodeJSKernelBackend(binding, TENSORFLOW_PACKAGE));
  } catch (cause) {
    const facts = { device: 'tensorflow', package: TENSORFLOW_PACKAGE, reason: reasonOf(cause) } as const;
    throw new DeviceUnavailableError('tensorflow-package-missing', facts, { cause });
  }
}
