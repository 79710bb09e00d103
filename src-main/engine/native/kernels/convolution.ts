import type { NamedTensorInfoMap, TensorInfo } from '@tensorflow/tfjs-core';
import { planConvolution, type WindowAttributes } from '../convolutionPlan.ts';
import { defineKernel, type NativeKernel } from '../defineKernel.ts';
import type { NativeBackend } from '../NativeBackend.ts';
import { tensorAddon } from '../tensorAddon.ts';
import { applyEpilogue, type Epilogue } from './epilogue.ts';

interface ConvolutionAttributes extends WindowAttributes {
  readonly dilations: number | [number, number];
  readonly dataFormat: 'NHWC' | 'NCHW';
}

/** Convolution, its two gradients (the one for the input is also the transposed convolution), and the fused form. */
export function convolutionKernels(): NativeKernel[] {
  return [
    channelLast<{ x: TensorInfo; filter: TensorInfo }, ConvolutionAttributes>(
      'Conv2D',
      ({ x, filter }, attributes, backend) => convolve(backend, x, filter, attributes),
    ),
    channelLast<{ dy: TensorInfo; filter: TensorInfo }, WindowAttributes & { inputShape: number[] }>(
      'Conv2DBackpropInput',
      ({ dy, filter }, attributes, backend) => {
        const { geometry } = planConvolution(attributes.inputShape, filter.shape, attributes);
        const { info, values } = backend.allocate(attributes.inputShape, 'float32');
        tensorAddon().conv2dInputGradient(backend.floats(dy), backend.floats(filter), values, geometry);
        return info;
      },
    ),
    channelLast<{ x: TensorInfo; dy: TensorInfo }, WindowAttributes & { filterShape: number[] }>(
      'Conv2DBackpropFilter',
      ({ x, dy }, attributes, backend) => {
        const { geometry } = planConvolution(x.shape, attributes.filterShape, attributes);
        const { info, values } = backend.allocate(attributes.filterShape, 'float32');
        tensorAddon().conv2dFilterGradient(backend.floats(x), backend.floats(dy), values, geometry);
        return info;
      },
    ),
    channelLast<
      { x: TensorInfo; filter: TensorInfo } & Epilogue['inputs'],
      ConvolutionAttributes & Epilogue['attributes']
    >('FusedConv2D', (inputs, attributes, backend) => {
      const product = convolve(backend, inputs.x, inputs.filter, attributes);
      return applyEpilogue(backend, product, { inputs, attributes });
    }),
  ];
}

function convolve(
  backend: NativeBackend,
  x: TensorInfo,
  filter: TensorInfo,
  attributes: ConvolutionAttributes,
): TensorInfo {
  const { outShape, geometry } = planConvolution(x.shape, filter.shape, attributes, attributes.dilations);
  const { info, values } = backend.allocate(outShape, 'float32');
  tensorAddon().conv2d(backend.floats(x), backend.floats(filter), values, geometry);
  return info;
}

/** Channel-first images are left to tfjs-backend-cpu: no network here has them. */
function channelLast<Inputs, Attributes>(
  name: string,
  compute: (inputs: Inputs, attributes: Attributes, backend: NativeBackend) => TensorInfo,
): NativeKernel {
  const kernel = defineKernel<Inputs, Attributes>(name, compute, ['float32']);
  return {
    ...kernel,
    accepts: (inputs: NamedTensorInfoMap, attributes) =>
      kernel.accepts(inputs, attributes) && attributes['dataFormat'] !== 'NCHW',
  };
}
