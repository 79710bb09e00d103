import { findBackendFactory, getKernel, registerBackend, registerKernel } from '@tensorflow/tfjs-core';
import '@tensorflow/tfjs-backend-cpu';
import { CPU_KERNELS } from './cpuKernels.ts';
import type { NativeKernel } from './defineKernel.ts';
import { NativeBackend } from './NativeBackend.ts';
import { nativeKernels } from './nativeKernels.ts';
import { runCpuKernel } from './runCpuKernel.ts';

/** Name under which TensorFlow.js knows the backend. */
export const NATIVE_BACKEND = 'native';

/**
 * Makes the backend `native` known to TensorFlow.js, with its kernels; does nothing when that has been done. Choose it with
 * `await tf.setBackend('native')`.
 * @throws Error when the native addon has not been built or does not load.
 */
export function registerNativeBackend(): void {
  // The registry answers null, not undefined, for names that it does not know.
  if (findBackendFactory(NATIVE_BACKEND)) return;
  for (const kernel of nativeKernels()) register(kernel);
  for (const kernelName of CPU_KERNELS) registerFromCpu(kernelName);
  registerBackend(NATIVE_BACKEND, () => new NativeBackend(), 10);
}

function register(kernel: NativeKernel): void {
  const { kernelName } = kernel;
  const cpu = getKernel(kernelName, 'cpu');
  registerKernel({
    kernelName,
    backendName: NATIVE_BACKEND,
    kernelFunc: ({ inputs, attrs, backend }) => {
      const attributes = attrs ?? {};
      return kernel.accepts(inputs, attributes)
        ? kernel.compute(inputs, attributes, backend as NativeBackend)
        : runCpuKernel(cpu, inputs, attrs, backend as NativeBackend);
    },
  });
}

function registerFromCpu(kernelName: string): void {
  const cpu = getKernel(kernelName, 'cpu');
  registerKernel({
    kernelName,
    backendName: NATIVE_BACKEND,
    kernelFunc: ({ inputs, attrs, backend }) => runCpuKernel(cpu, inputs, attrs, backend as NativeBackend),
  });
}
