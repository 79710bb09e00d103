import type { TensorInfo } from '@tensorflow/tfjs-core';
import { defineKernel, type NativeKernel } from '../defineKernel.ts';
import { tensorAddon } from '../tensorAddon.ts';

/** Softmax over the last dimension; tf.softmax checks that it is the last one. */
export function softmaxKernel(): NativeKernel {
  return defineKernel<{ logits: TensorInfo }>(
    'Softmax',
    ({ logits }, _, backend) => {
      const { info, values } = backend.allocate(logits.shape, 'float32');
      const columns = logits.shape.at(-1) ?? 1;
      if (values.length > 0) {
        tensorAddon().softmax(backend.floats(logits), values, values.length / columns, columns);
      }
      return info;
    },
    ['float32'],
  );
}
