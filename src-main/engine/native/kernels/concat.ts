import { backend_util, util } from '@tensorflow/tfjs-core';
import type { TensorInfo } from '@tensorflow/tfjs-core';
import { defineKernel, type NativeKernel, sameTypes } from '../defineKernel.ts';
import type { NativeBackend, NumericType } from '../NativeBackend.ts';
import { contiguousStrides, stridedCopy } from '../stridedCopy.ts';

interface Attributes {
  readonly axis: number;
}

/** Concat along an existing axis and Pack along a new one. */
export function concatKernels(): NativeKernel[] {
  return [
    {
      ...defineKernel<TensorInfo[], Attributes>('Concat', (inputs, { axis }, backend) =>
        concat(backend, Object.values(inputs), axis),
      ),
      accepts: sameTypes,
    },
    {
      ...defineKernel<TensorInfo[], Attributes>('Pack', (inputs, { axis }, backend) =>
        pack(backend, Object.values(inputs), axis),
      ),
      accepts: sameTypes,
    },
  ];
}

function concat(backend: NativeBackend, inputs: TensorInfo[], requestedAxis: number): TensorInfo {
  const [first] = inputs;
  if (first === undefined) throw new Error('Concat needs at least one tensor');
  const axis = util.parseAxisParam(requestedAxis, first.shape)[0] ?? 0;
  const shapes = inputs.map((x) => x.shape);
  backend_util.assertParamsConsistent(shapes, axis);
  const shape = backend_util.computeOutShape(shapes, axis);
  const parts = inputs.filter((x) => util.sizeFromShape(x.shape) > 0);
  if (parts.length === 1 && parts[0] !== undefined) return backend.alias(parts[0], shape);
  const { info, values } = backend.allocate(shape, first.dtype as NumericType);
  const strides = contiguousStrides(shape);
  let offset = 0;
  for (const part of parts) {
    const from = { offset: 0, strides: contiguousStrides(part.shape) };
    stridedCopy(part.shape, backend.elements(part), from, values, { offset, strides });
    offset += (part.shape[axis] ?? 0) * (strides[axis] ?? 0);
  }
  return info;
}

function pack(backend: NativeBackend, inputs: TensorInfo[], axis: number): TensorInfo {
  const [first] = inputs;
  if (first === undefined) throw new Error('Pack needs at least one tensor');
  for (const x of inputs) {
    util.assertShapesMatch(first.shape, x.shape, 'All tensors passed to stack must have matching shapes');
  }
  const at = axis < 0 ? axis + first.shape.length + 1 : axis;
  const shape = [...first.shape.slice(0, at), 1, ...first.shape.slice(at)];
  return concat(
    backend,
    inputs.map((x) => ({ ...x, shape })),
    at,
  );
}
