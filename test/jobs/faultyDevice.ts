import {
  findBackendFactory,
  getKernelsForBackend,
  registerBackend,
  registerKernel,
  setBackend,
  type TensorInfo,
} from '@tensorflow/tfjs-core';
import type { Engine } from '../../src-main/engine/Engine.ts';
import { NativeBackend } from '../../src-main/engine/native/NativeBackend.ts';
import { NATIVE_BACKEND, registerNativeBackend } from '../../src-main/engine/native/registerNativeBackend.ts';

type Fault = 'none' | 'throws' | 'computes NaN';

/** What the device does from now on: its convolutions throw, or its loss is no number. */
export const faultyDevice: { fault: Fault } = { fault: 'none' };

/** A card that stops working: a backend of its own, with real kernels and real memory, in the place of the one on TensorFlow. */
export async function openFaultyDevice(): Promise<Engine> {
  registerNativeBackend();
  if (!findBackendFactory('tensorflow')) {
    registerBackend('tensorflow', () => new NativeBackend());
    for (const { kernelName, kernelFunc } of getKernelsForBackend(NATIVE_BACKEND)) {
      registerKernel({
        kernelName,
        backendName: 'tensorflow',
        kernelFunc: (params) => {
          if (kernelName === 'Conv2D' && faultyDevice.fault === 'throws') {
            throw new Error(
              'Invalid TF_Status: 8\nMessage: OOM when allocating tensor with shape[8,64,64,16]',
            );
          }
          const outputs = kernelFunc(params);
          if (kernelName === 'Softplus' && faultyDevice.fault === 'computes NaN') {
            const { values } = (params.backend as NativeBackend).data.get((outputs as TensorInfo).dataId);
            (values as Float32Array).fill(Number.NaN);
          }
          return outputs;
        },
      });
    }
  }
  await setBackend('tensorflow');
  return {
    id: 'tensorflow',
    name: 'A card that fails',
    version: 'tensorflow 0.0 (a card)',
    backendName: 'tensorflow',
    memoryBytes: null,
    openStep: null,
    timeStep: () => Promise.resolve(1),
    memory: () => ({ tensors: 0, bytes: 0 }),
  };
}
