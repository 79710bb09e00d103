import { backend_util, util } from '@tensorflow/tfjs-core';
import type { TensorInfo } from '@tensorflow/tfjs-core';
import { defineKernel, type NativeKernel } from '../defineKernel.ts';
import type { NativeBackend, NumericType } from '../NativeBackend.ts';
import { tensorAddon } from '../tensorAddon.ts';

interface Attributes {
  readonly axis: number;
  readonly batchDims: number;
}

/** GatherV2: slices along one axis, picked by index. */
export function gatherKernel(): NativeKernel {
  return defineKernel<{ x: TensorInfo; indices: TensorInfo }, Attributes>(
    'GatherV2',
    ({ x, indices }, { axis, batchDims }, backend) => gather(backend, x, indices, axis, batchDims),
  );
}

function gather(
  backend: NativeBackend,
  x: TensorInfo,
  indices: TensorInfo,
  requestedAxis: number,
  batchDims: number,
): TensorInfo {
  const axis = util.parseAxisParam(requestedAxis, x.shape)[0] ?? 0;
  const chosen = backend.elements(indices);
  const extent = x.shape[axis] ?? 0;
  const outside = chosen.find((index) => index < 0 || index >= extent);
  if (outside !== undefined) {
    throw new Error(`GatherV2: the index value ${outside} is not in [0, ${extent - 1}]`);
  }
  const plan = backend_util.segment_util.collectGatherOpShapeInfo(x, indices, axis, batchDims);
  const { info, values } = backend.allocate(plan.outputShape, x.dtype as NumericType);
  if (values.length === 0) return info;
  const int32 = chosen instanceof Int32Array ? chosen : Int32Array.from(chosen);
  const { batchSize, outerSize, sliceSize } = plan;
  tensorAddon().gather(backend.elements(x), int32, values, batchSize, outerSize, extent, sliceSize);
  return info;
}
