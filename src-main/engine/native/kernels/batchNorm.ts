import type { NamedTensorInfoMap, TensorInfo } from '@tensorflow/tfjs-core';
import { defineKernel, type NativeKernel } from '../defineKernel.ts';
import { tensorAddon } from '../tensorAddon.ts';

interface Inputs {
  readonly x: TensorInfo;
  readonly mean: TensorInfo;
  readonly variance: TensorInfo;
  readonly offset?: TensorInfo;
  readonly scale?: TensorInfo;
}

const DEFAULT_EPSILON = 0.001;

/** Normalisation by given statistics per channel; statistics of other shapes are left to tfjs-backend-cpu. */
export function batchNormKernel(): NativeKernel {
  const kernel = defineKernel<Inputs, { varianceEpsilon?: number }>(
    'FusedBatchNorm',
    ({ x, mean, variance, offset, scale }, { varianceEpsilon }, backend) => {
      const { info, values } = backend.allocate(x.shape, 'float32');
      tensorAddon().batchNormInference(
        ...([backend.floats(x), backend.floats(mean), backend.floats(variance)] as const),
        ...([offset ? backend.floats(offset) : null, scale ? backend.floats(scale) : null] as const),
        ...([varianceEpsilon ?? DEFAULT_EPSILON, values] as const),
      );
      return info;
    },
    ['float32'],
  );
  return {
    ...kernel,
    accepts: (inputs, attributes) => kernel.accepts(inputs, attributes) && isPerChannel(inputs),
  };
}

function isPerChannel({ x, ...parameters }: NamedTensorInfoMap): boolean {
  const channels = x?.shape.at(-1) ?? 0;
  return (
    channels > 0 &&
    Object.values(parameters).every((p) => !p || (p.shape.length === 1 && p.shape[0] === channels))
  );
}
