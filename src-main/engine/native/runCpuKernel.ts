import type { KernelConfig, NamedTensorInfoMap } from '@tensorflow/tfjs-core';
import type { KernelResult } from './defineKernel.ts';
import type { NativeBackend } from './NativeBackend.ts';
import { SlowKernelError } from './SlowKernelError.ts';
import { inTrainingSection } from './trainingSection.ts';

/**
 * Runs a kernel of tfjs-backend-cpu on the native backend's storage.
 * @throws SlowKernelError inside a training section.
 */
export function runCpuKernel(
  kernel: KernelConfig,
  inputs: NamedTensorInfoMap,
  attrs: Parameters<KernelConfig['kernelFunc']>[0]['attrs'],
  backend: NativeBackend,
): KernelResult {
  const tensors = Object.values(inputs).filter((input) => input !== undefined && input !== null);
  if (inTrainingSection()) {
    throw new SlowKernelError(
      kernel.kernelName,
      tensors.map((x) => x.dtype),
    );
  }
  // These kernels may answer with a part of an input's array (a slice is a subarray), so it must never be recycled.
  for (const x of tensors) backend.surrender(x);
  return kernel.kernelFunc({ inputs, backend, ...(attrs === undefined ? {} : { attrs }) });
}
