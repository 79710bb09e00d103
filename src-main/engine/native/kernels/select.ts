import { util } from '@tensorflow/tfjs-core';
import type { TensorInfo } from '@tensorflow/tfjs-core';
import { defineKernel, type NativeKernel } from '../defineKernel.ts';
import type { NativeBackend, NumericType } from '../NativeBackend.ts';
import { tensorAddon } from '../tensorAddon.ts';

interface Inputs {
  readonly condition: TensorInfo;
  readonly t: TensorInfo;
  readonly e: TensorInfo;
}

/** Select: takes elements (or whole rows, when the condition has one entry per row) from `t` or `e`. */
export function selectKernel(): NativeKernel {
  return {
    ...defineKernel<Inputs>('Select', ({ condition, t, e }, _, backend) => select(backend, condition, t, e)),
    accepts: ({ condition, t, e }) =>
      condition?.dtype === 'bool' && t?.dtype === e?.dtype && t?.dtype !== 'complex64',
  };
}

function select(backend: NativeBackend, condition: TensorInfo, t: TensorInfo, e: TensorInfo): TensorInfo {
  const { info, values } = backend.allocate(t.shape, t.dtype as NumericType);
  const conditions = util.sizeFromShape(condition.shape);
  if (values.length === 0 || conditions === 0) return info;
  const flags = backend.elements(condition);
  if (!(flags instanceof Uint8Array)) throw new Error('Select needs a condition of type bool');
  tensorAddon().select(flags, backend.elements(t), backend.elements(e), values, values.length / conditions);
  return info;
}
