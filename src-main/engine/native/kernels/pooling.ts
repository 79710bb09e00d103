import type { TensorInfo } from '@tensorflow/tfjs-core';
import { planPooling, type WindowAttributes } from '../convolutionPlan.ts';
import { defineKernel, type NativeKernel } from '../defineKernel.ts';
import { tensorAddon } from '../tensorAddon.ts';

type Attributes = WindowAttributes & { readonly filterSize: number | [number, number] };

/** Maximum and mean pooling with their gradients. */
export function poolingKernels(): NativeKernel[] {
  const addon = tensorAddon();
  return [
    pooling('MaxPool', (x, y, geometry) => addon.maxPool(x, y, geometry)),
    pooling('AvgPool', (x, y, geometry) => addon.averagePool(x, y, geometry)),
    defineKernel<{ dy: TensorInfo; input: TensorInfo }, Attributes>(
      'MaxPoolGrad',
      ({ dy, input }, attributes, backend) => {
        const { geometry } = planPooling(input.shape, attributes.filterSize, attributes);
        const { info, values } = backend.allocate(input.shape, 'float32');
        addon.maxPoolGradient(backend.floats(dy), backend.floats(input), values, geometry);
        return info;
      },
      ['float32'],
    ),
    defineKernel<{ dy: TensorInfo; input: TensorInfo }, Attributes>(
      'AvgPoolGrad',
      ({ dy, input }, attributes, backend) => {
        const { geometry } = planPooling(input.shape, attributes.filterSize, attributes);
        const { info, values } = backend.allocate(input.shape, 'float32');
        addon.averagePoolGradient(backend.floats(dy), values, geometry);
        return info;
      },
      ['float32'],
    ),
  ];
}

function pooling(
  name: string,
  run: (x: Float32Array, y: Float32Array, geometry: Int32Array) => void,
): NativeKernel {
  return defineKernel<{ x: TensorInfo }, Attributes>(
    name,
    ({ x }, attributes, backend) => {
      const { outShape, geometry, isIdentity } = planPooling(x.shape, attributes.filterSize, attributes);
      if (isIdentity) return backend.alias(x);
      const { info, values } = backend.allocate(outShape, 'float32');
      run(backend.floats(x), values, geometry);
      return info;
    },
    ['float32'],
  );
}
