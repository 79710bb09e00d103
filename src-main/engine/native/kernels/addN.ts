import { util } from '@tensorflow/tfjs-core';
import type { TensorInfo } from '@tensorflow/tfjs-core';
import { defineKernel, type NativeKernel, sameTypes } from '../defineKernel.ts';
import type { NumericType } from '../NativeBackend.ts';
import { loopFor } from './binary.ts';

/** AddN: the sum of tensors of one shape, accumulated in place in the order given. */
export function addNKernel(): NativeKernel {
  const kernel = defineKernel<TensorInfo[]>('AddN', (inputs, _, backend) => {
    const [first, second, ...rest] = Object.values(inputs);
    if (first === undefined) throw new Error('AddN needs at least one tensor');
    if (second === undefined) return backend.alias(first);
    const add = loopFor('Add', first.dtype);
    const { info, values } = backend.allocate(first.shape, first.dtype as NumericType);
    if (values.length === 0) return info;
    const layout = Int32Array.of(util.sizeFromShape(first.shape), 1, 1);
    add(backend.elements(first), backend.elements(second), values, layout);
    for (const x of rest) add(values, backend.elements(x), values, layout);
    return info;
  });
  return { ...kernel, accepts: (inputs) => sameTypes(inputs) && Object.values(inputs)[0]?.dtype !== 'bool' };
}
