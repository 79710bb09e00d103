import type { DataType, TensorInfo } from '@tensorflow/tfjs-core';
import { defineKernel, type NativeKernel } from '../defineKernel.ts';
import type { NativeBackend } from '../NativeBackend.ts';
import { tensorAddon } from '../tensorAddon.ts';

/** Conversions between float32, int32 and bool; floats are truncated towards zero, anything but zero is true. */
export function cast(backend: NativeBackend, x: TensorInfo, dtype: DataType): TensorInfo {
  if (x.dtype === dtype) return backend.alias(x);
  if (dtype !== 'float32' && dtype !== 'int32' && dtype !== 'bool') {
    throw new Error(`Error in Cast: failed to cast ${x.dtype} to ${dtype}`);
  }
  const source = backend.elements(x);
  const { info, values } = backend.allocate(x.shape, dtype);
  if (dtype !== 'bool') {
    values.set(source);
  } else if (source instanceof Float32Array) {
    tensorAddon().unary['NotZero']?.(source, values);
  } else {
    for (let i = 0; i < source.length; ++i) values[i] = source[i] === 0 ? 0 : 1;
  }
  return info;
}

/** The kernel Cast; complex numbers are left to tfjs-backend-cpu. */
export function castKernel(): NativeKernel {
  const kernel = defineKernel<{ x: TensorInfo }, { dtype: DataType }>('Cast', ({ x }, { dtype }, backend) =>
    cast(backend, x, dtype),
  );
  return {
    ...kernel,
    accepts: (inputs, attributes) =>
      kernel.accepts(inputs, attributes) && attributes['dtype'] !== 'complex64',
  };
}
