import { util } from '@tensorflow/tfjs-core';
import type { TensorInfo } from '@tensorflow/tfjs-core';
import { defineKernel, type NativeKernel } from '../defineKernel.ts';
import type { NativeBackend, NumericType } from '../NativeBackend.ts';
import { contiguousStrides, stridedCopy } from '../stridedCopy.ts';

type Paddings = readonly (readonly [number, number])[];

/** PadV2 (a constant around the tensor) and MirrorPad (its own border, mirrored). */
export function padKernels(): NativeKernel[] {
  return [
    defineKernel<{ x: TensorInfo }, { paddings: Paddings; constantValue: number }>(
      'PadV2',
      ({ x }, { paddings, constantValue }, backend) => {
        if (paddings.every(([before, after]) => before === 0 && after === 0)) return backend.alias(x);
        const shape = x.shape.map((extent, d) => extent + (paddings[d]?.[0] ?? 0) + (paddings[d]?.[1] ?? 0));
        const { info, values } = backend.allocate(shape, x.dtype as NumericType);
        values.fill(constantValue);
        const strides = contiguousStrides(shape);
        const offset = strides.reduce((sum, stride, d) => sum + stride * (paddings[d]?.[0] ?? 0), 0);
        const from = { offset: 0, strides: contiguousStrides(x.shape) };
        stridedCopy(x.shape, backend.elements(x), from, values, { offset, strides });
        return info;
      },
    ),
    defineKernel<{ x: TensorInfo }, { paddings: Paddings; mode: 'reflect' | 'symmetric' }>(
      'MirrorPad',
      ({ x }, { paddings, mode }, backend) => {
        let padded = backend.alias(x);
        for (const [axis, amounts] of paddings.entries()) {
          const next = mirrorAxis(backend, padded, axis, amounts, mode === 'reflect' ? 1 : 0);
          backend.disposeIntermediateTensorInfo(padded);
          padded = next;
        }
        return padded;
      },
    ),
  ];
}

/** Pads one axis; `skip` is 1 when the border itself is not repeated (reflect), 0 when it is (symmetric). */
function mirrorAxis(
  backend: NativeBackend,
  x: TensorInfo,
  axis: number,
  [before, after]: readonly [number, number],
  skip: number,
): TensorInfo {
  if (before === 0 && after === 0) return backend.alias(x);
  const extent = x.shape[axis] ?? 1;
  const outer = util.sizeFromShape(x.shape.slice(0, axis));
  const inner = util.sizeFromShape(x.shape.slice(axis + 1));
  const whole = before + extent + after;
  const shape = x.shape.map((size, d) => (d === axis ? whole : size));
  const { info, values } = backend.allocate(shape, x.dtype as NumericType);
  const copy = (count: number, first: number, step: number, to: number): void =>
    stridedCopy(
      [outer, count, inner],
      backend.elements(x),
      { offset: first * inner, strides: [extent * inner, step * inner, 1] },
      values,
      { offset: to * inner, strides: [whole * inner, inner, 1] },
    );
  copy(before, before - 1 + skip, -1, 0);
  copy(extent, 0, 1, before);
  copy(after, extent - 1 - skip, -1, before + extent);
  return info;
}
