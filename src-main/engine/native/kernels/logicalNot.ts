import type { TensorInfo } from '@tensorflow/tfjs-core';
import { defineKernel, type NativeKernel } from '../defineKernel.ts';
import { loopFor } from './binary.ts';

const FALSE = Uint8Array.of(0);

/** LogicalNot of a bool tensor: equal to false. */
export function logicalNotKernel(): NativeKernel {
  const equal = loopFor('Equal', 'bool');
  return defineKernel<{ x: TensorInfo }>(
    'LogicalNot',
    ({ x }, _, backend) => {
      const { info, values } = backend.allocate(x.shape, 'bool');
      if (values.length > 0) equal(backend.elements(x), FALSE, values, Int32Array.of(values.length, 1, 0));
      return info;
    },
    ['bool'],
  );
}
