import { util } from '@tensorflow/tfjs-core';
import type { DataType, TensorInfo } from '@tensorflow/tfjs-core';
import { defineKernel, type NativeKernel } from '../defineKernel.ts';
import type { NumericType } from '../NativeBackend.ts';

interface FillAttributes {
  readonly shape: number[];
  readonly value: number;
  readonly dtype?: DataType;
}

interface OneHotAttributes {
  readonly depth: number;
  readonly onValue: number;
  readonly offValue: number;
  readonly dtype: NumericType;
}

/** Kernels whose values do not come from another tensor's. */
export function fillKernels(): NativeKernel[] {
  const fill = defineKernel<object, FillAttributes>('Fill', (_, { shape, value, dtype }, backend) => {
    const { info, values } = backend.allocate(shape, (dtype ?? util.inferDtype(value)) as NumericType);
    values.fill(value);
    return info;
  });
  return [
    { ...fill, accepts: (_, { value, dtype }) => typeof value !== 'string' && dtype !== 'complex64' },
    like('ZerosLike', 0),
    like('OnesLike', 1),
    defineKernel<{ indices: TensorInfo }, OneHotAttributes>(
      'OneHot',
      ({ indices }, { depth, onValue, offValue, dtype }, backend) => {
        const { info, values } = backend.allocate([...indices.shape, depth], dtype);
        values.fill(offValue);
        for (const [row, index] of backend.elements(indices).entries()) {
          if (index >= 0 && index < depth) values[row * depth + index] = onValue;
        }
        return info;
      },
    ),
  ];
}

function like(name: string, value: number): NativeKernel {
  return defineKernel<{ x: TensorInfo }>(name, ({ x }, _, backend) => {
    const { info, values } = backend.allocate(x.shape, x.dtype as NumericType);
    values.fill(value);
    return info;
  });
}
