import { util } from '@tensorflow/tfjs-core';
import type { TensorInfo } from '@tensorflow/tfjs-core';
import { defineKernel, type NativeKernel } from '../defineKernel.ts';
import { tensorAddon } from '../tensorAddon.ts';

/** ArgMax and ArgMin: int32 index of the first extreme along one axis. */
export function argReduceKernels(): NativeKernel[] {
  return ['ArgMax', 'ArgMin'].map((name) =>
    defineKernel<{ x: TensorInfo }, { axis: number | number[] }>(name, ({ x }, attributes, backend) => {
      const axis = util.parseAxisParam(attributes.axis, x.shape)[0] ?? 0;
      const before = x.shape.slice(0, axis);
      const after = x.shape.slice(axis + 1);
      const { info, values } = backend.allocate([...before, ...after], 'int32');
      if (util.sizeFromShape(x.shape) === 0) {
        values.fill(0);
        return info;
      }
      const run = tensorAddon().argReduce[x.dtype]?.[name];
      if (run === undefined) throw new Error(`the native addon has no ${name} for ${x.dtype}`);
      const [outer, inner] = [util.sizeFromShape(before), util.sizeFromShape(after)];
      run(backend.elements(x), values, outer, x.shape[axis] ?? 1, inner);
      return info;
    }),
  );
}
