import { backend_util, slice_util, util } from '@tensorflow/tfjs-core';
import type { TensorInfo } from '@tensorflow/tfjs-core';
import { defineKernel, type NativeKernel } from '../defineKernel.ts';
import type { NativeBackend, NumericType } from '../NativeBackend.ts';
import { contiguousStrides, stridedCopy } from '../stridedCopy.ts';

interface StridedSliceAttributes {
  readonly begin: number[];
  readonly end: number[];
  readonly strides: number[];
  readonly beginMask: number;
  readonly endMask: number;
  readonly ellipsisMask: number;
  readonly newAxisMask: number;
  readonly shrinkAxisMask: number;
}

/** Kernels that take boxes out of a tensor: Slice, StridedSlice, SplitV, Unpack, Reverse. */
export function sliceKernels(): NativeKernel[] {
  return [
    defineKernel<{ x: TensorInfo }, { begin: number[]; size: number[] }>(
      'Slice',
      ({ x }, attributes, backend) => {
        const [begin = [], size = []] = slice_util.parseSliceParams(x, attributes.begin, attributes.size);
        slice_util.assertParamsValid(x, begin, size);
        return box(backend, x, begin, size, ones(begin));
      },
    ),
    defineKernel<{ x: TensorInfo }, StridedSliceAttributes>('StridedSlice', ({ x }, attributes, backend) =>
      stridedSlice(backend, x, attributes),
    ),
    defineKernel<{ x: TensorInfo }, { numOrSizeSplits: number | number[]; axis: number }>(
      'SplitV',
      ({ x }, { numOrSizeSplits, axis }, backend) => {
        const at = util.parseAxisParam(axis, x.shape)[0] ?? 0;
        const sizes = backend_util.prepareSplitSize(x, numOrSizeSplits, at);
        return split(backend, x, sizes, at);
      },
    ),
    defineKernel<{ value: TensorInfo }, { axis: number }>('Unpack', ({ value }, { axis }, backend) => {
      const at = axis < 0 ? axis + value.shape.length : axis;
      const shape = value.shape.filter((_, d) => d !== at);
      const count = value.shape[at] ?? 0;
      return split(backend, value, new Array<number>(count).fill(1), at).map((part) => ({ ...part, shape }));
    }),
    defineKernel<{ x: TensorInfo }, { dims: number | number[] }>('Reverse', ({ x }, { dims }, backend) => {
      const reversed = x.shape.length === 0 ? [] : util.parseAxisParam(dims, x.shape);
      const steps = x.shape.map((_, d) => (reversed.includes(d) ? -1 : 1));
      const begin = x.shape.map((extent, d) => (reversed.includes(d) ? extent - 1 : 0));
      return box(backend, x, begin, x.shape, steps);
    }),
  ];
}

/** size[d] elements from begin[d] on, steps[d] apart (negative: backwards). */
function box(
  backend: NativeBackend,
  x: TensorInfo,
  begin: readonly number[],
  size: readonly number[],
  steps: readonly number[],
): TensorInfo {
  const { info, values } = backend.allocate([...size], x.dtype as NumericType);
  const strides = contiguousStrides(x.shape);
  const offset = begin.reduce((sum, at, d) => sum + at * (strides[d] ?? 0), 0);
  const from = { offset, strides: strides.map((stride, d) => stride * (steps[d] ?? 1)) };
  stridedCopy(size, backend.elements(x), from, values, { offset: 0, strides: contiguousStrides(size) });
  return info;
}

function stridedSlice(backend: NativeBackend, x: TensorInfo, attributes: StridedSliceAttributes): TensorInfo {
  const { begin, end, strides, beginMask, endMask, ellipsisMask, newAxisMask, shrinkAxisMask } = attributes;
  const plan = slice_util.sliceInfo(
    ...([x.shape, begin, end, strides] as const),
    ...([beginMask, endMask, ellipsisMask, newAxisMask, shrinkAxisMask] as const),
  );
  if (plan.isIdentity) return backend.alias(x, plan.finalShape);
  const size = slice_util.computeOutShape(plan.begin, plan.end, plan.strides);
  return { ...box(backend, x, plan.begin, size, plan.strides), shape: plan.finalShape };
}

function split(backend: NativeBackend, x: TensorInfo, sizes: readonly number[], axis: number): TensorInfo[] {
  let at = 0;
  return sizes.map((extent) => {
    const begin = x.shape.map((_, d) => (d === axis ? at : 0));
    const size = x.shape.map((whole, d) => (d === axis ? extent : whole));
    at += extent;
    return box(backend, x, begin, size, ones(begin));
  });
}

function ones(like: readonly number[]): number[] {
  return like.map(() => 1);
}
