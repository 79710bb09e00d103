import { util } from '@tensorflow/tfjs-core';
import type { TensorInfo } from '@tensorflow/tfjs-core';
import { defineKernel, type NativeKernel } from '../defineKernel.ts';
import type { NumericType } from '../NativeBackend.ts';
import { contiguousStrides, stridedCopy } from '../stridedCopy.ts';

/** Transpose (any permutation of axes) and Tile (repetition along axes). */
export function transposeKernels(): NativeKernel[] {
  return [
    defineKernel<{ x: TensorInfo }, { perm: number[] }>('Transpose', ({ x }, { perm }, backend) => {
      const shape = perm.map((axis) => x.shape[axis] ?? 1);
      const { info, values } = backend.allocate(shape, x.dtype as NumericType);
      const strides = contiguousStrides(x.shape);
      const from = { offset: 0, strides: perm.map((axis) => strides[axis] ?? 1) };
      stridedCopy(shape, backend.elements(x), from, values, { offset: 0, strides: contiguousStrides(shape) });
      return info;
    }),
    defineKernel<{ x: TensorInfo }, { reps: number[] }>('Tile', ({ x }, { reps }, backend) => {
      const shape = x.shape.map((extent, d) => extent * (reps[d] ?? 1));
      if (util.sizeFromShape(shape) === util.sizeFromShape(x.shape)) return backend.alias(x, shape);
      const { info, values } = backend.allocate(shape, x.dtype as NumericType);
      // Each dimension becomes two, repetition and extent; the source does not move along repetitions.
      const split = x.shape.flatMap((extent, d) => [reps[d] ?? 1, extent]);
      const from = { offset: 0, strides: contiguousStrides(x.shape).flatMap((stride) => [0, stride]) };
      stridedCopy(split, backend.elements(x), from, values, { offset: 0, strides: contiguousStrides(split) });
      return info;
    }),
  ];
}
