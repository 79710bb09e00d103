import { util } from '@tensorflow/tfjs-core';
import type { TensorInfo } from '@tensorflow/tfjs-core';
import { defineKernel, type NativeKernel } from '../defineKernel.ts';
import type { NumericType } from '../NativeBackend.ts';
import { type ResizeFunction, tensorAddon } from '../tensorAddon.ts';
import { cast } from './cast.ts';

interface ForwardAttributes {
  readonly alignCorners: boolean;
  readonly halfPixelCenters: boolean;
  readonly size: readonly [number, number];
}

interface GradInputs {
  readonly images: TensorInfo;
  readonly dy: TensorInfo;
}

/** Bilinear and nearest-neighbour resizing of [N, H, W, C] tensors, with their gradients. */
export function resizeKernels(): NativeKernel[] {
  const { resizeBilinearGrad, resizeNearestGrad } = tensorAddon();
  return [
    bilinear(),
    nearest(),
    grad('ResizeBilinearGrad', resizeBilinearGrad),
    grad('ResizeNearestNeighborGrad', resizeNearestGrad),
  ];
}

function bilinear(): NativeKernel {
  return defineKernel<{ images: TensorInfo }, ForwardAttributes>(
    'ResizeBilinear',
    ({ images }, attributes, backend) => {
      const floats = cast(backend, images, 'float32');
      const { info, values } = backend.allocate(resized(images, attributes), 'float32');
      const { alignCorners, halfPixelCenters } = attributes;
      const run = tensorAddon().resizeBilinear;
      if (values.length > 0) {
        run(backend.floats(floats), values, ...geometry(images, info), alignCorners, halfPixelCenters);
      }
      backend.disposeIntermediateTensorInfo(floats);
      return info;
    },
  );
}

function nearest(): NativeKernel {
  return defineKernel<{ images: TensorInfo }, ForwardAttributes>(
    'ResizeNearestNeighbor',
    ({ images }, attributes, backend) => {
      const { info, values } = backend.allocate(resized(images, attributes), images.dtype as NumericType);
      const { alignCorners, halfPixelCenters } = attributes;
      const run = tensorAddon().resizeNearest;
      if (values.length > 0) {
        run(backend.elements(images), values, ...geometry(images, info), alignCorners, halfPixelCenters);
      }
      return info;
    },
  );
}

// The gradients that TensorFlow.js defines know no half-pixel centres.
function grad(name: string, run: ResizeFunction): NativeKernel {
  return defineKernel<GradInputs, { alignCorners: boolean }>(
    name,
    ({ images, dy }, { alignCorners }, backend) => {
      const { info, values } = backend.allocate(images.shape, 'float32');
      if (util.sizeFromShape(dy.shape) === 0) values.fill(0);
      else run(backend.floats(dy), values, ...geometry(images, dy), alignCorners, false);
      return info;
    },
    ['float32'],
  );
}

function resized(images: TensorInfo, { size: [height, width] }: ForwardAttributes): number[] {
  const [batch = 0, , , channels = 0] = images.shape;
  return [batch, height, width, channels];
}

function geometry(small: TensorInfo, large: TensorInfo): [number, number, number, number, number, number] {
  const [batch = 0, inHeight = 0, inWidth = 0, channels = 0] = small.shape;
  const [, outHeight = 0, outWidth = 0] = large.shape;
  return [batch, inHeight, inWidth, outHeight, outWidth, channels];
}
