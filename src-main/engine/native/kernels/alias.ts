import { util } from '@tensorflow/tfjs-core';
import type { TensorInfo } from '@tensorflow/tfjs-core';
import { defineKernel, type NativeKernel } from '../defineKernel.ts';

/** Kernels that give the same elements another name or shape: a reference, no copy. */
export function aliasKernels(): NativeKernel[] {
  return [
    defineKernel<{ x: TensorInfo }>('Identity', ({ x }, _, backend) => backend.alias(x)),
    defineKernel<{ x: TensorInfo }, { shape: number[] }>('Reshape', ({ x }, { shape }, backend) => {
      const size = util.sizeFromShape(x.shape);
      const inferred = util.inferFromImplicitShape(shape, size);
      util.assert(
        size === util.sizeFromShape(inferred),
        () =>
          `The new shape (${inferred.join(',')}) has ${util.sizeFromShape(inferred)} elements and the old shape ` +
          `(${x.shape.join(',')}) has ${size} elements. The new shape and old shape must have the same number of elements.`,
      );
      return backend.alias(x, inferred);
    }),
    defineKernel<{ input: TensorInfo }, { dim: number }>('ExpandDims', ({ input }, { dim }, backend) => {
      util.assert(
        -(input.shape.length + 1) <= dim && dim <= input.shape.length,
        () => `Axis must be in the interval [${-(input.shape.length + 1)}, ${input.shape.length}]`,
      );
      const at = dim < 0 ? input.shape.length + dim + 1 : dim;
      return backend.alias(input, [...input.shape.slice(0, at), 1, ...input.shape.slice(at)]);
    }),
  ];
}
