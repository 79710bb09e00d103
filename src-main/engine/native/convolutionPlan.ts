import { backend_util } from '@tensorflow/tfjs-core';
import { convolutionGeometry, poolGeometry } from '../../../native/tensor/convolutionKernels.ts';

/** Attributes that convolutions and poolings share. */
export interface WindowAttributes {
  readonly strides: number | [number, number];
  readonly pad: 'valid' | 'same' | number | backend_util.ExplicitPadding;
  readonly dimRoundingMode?: 'floor' | 'round' | 'ceil';
}

/** Shape of a convolution's output and the geometry that its kernels take. */
export interface WindowPlan {
  readonly outShape: number[];
  readonly geometry: Int32Array;
  /** Whether every output element is the input element of the same place: a 1x1 window, unpadded, with stride 1. */
  readonly isIdentity: boolean;
}

type Shape4 = [number, number, number, number];

/** Plans a convolution of channel-last images [N, H, W, C] with a filter [fH, fW, C, K]. */
export function planConvolution(
  x: number[],
  filter: number[],
  { strides, pad, dimRoundingMode }: WindowAttributes,
  dilations: number | [number, number] = 1,
): WindowPlan {
  const info = backend_util.computeConv2DInfo(
    ...([x as Shape4, filter as Shape4, strides, dilations, pad, dimRoundingMode] as const),
  );
  return plan(info, convolutionGeometry(geometry(info)));
}

/** Plans a pooling of channel-last images [N, H, W, C]. */
export function planPooling(
  x: number[],
  filterSize: number | [number, number],
  { strides, pad, dimRoundingMode }: WindowAttributes,
): WindowPlan {
  const info = backend_util.computePool2DInfo(x as Shape4, filterSize, strides, 1, pad, dimRoundingMode);
  return plan(info, poolGeometry(geometry(info)));
}

function plan(info: backend_util.Conv2DInfo, geometry: Int32Array): WindowPlan {
  const isIdentity =
    info.filterHeight === 1 &&
    info.filterWidth === 1 &&
    info.inShape.every((extent, d) => extent === info.outShape[d]);
  return { outShape: info.outShape, geometry, isIdentity };
}

function geometry({
  batchSize,
  padInfo,
  ...info
}: backend_util.Conv2DInfo): Parameters<typeof convolutionGeometry>[0] {
  return { ...info, batch: batchSize, padTop: padInfo.top, padLeft: padInfo.left };
}
