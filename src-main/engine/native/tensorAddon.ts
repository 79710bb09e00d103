import { loadAddon } from '../../../native/loadAddon.ts';
import type { ConvolutionKernels } from '../../../native/tensor/convolutionKernels.ts';

/** What tensors of the native backend are made of: float32, int32 and bool. */
export type Elements = Float32Array | Int32Array | Uint8Array;

type UnaryFunction = (x: Float32Array, y: Elements, a?: number, b?: number) => void;
export type BinaryFunction = (a: Elements, b: Elements, y: Elements, layout: Int32Array) => void;
type ReduceFunction = (x: Elements, y: Elements, outer: number, reduce: number, inner: number) => void;
export type ResizeFunction = (
  from: Elements,
  to: Elements,
  batch: number,
  inHeight: number,
  inWidth: number,
  outHeight: number,
  outWidth: number,
  channels: number,
  alignCorners: boolean,
  halfPixelCenters: boolean,
) => void;

/** Kernels by element type, then by TensorFlow.js kernel name. */
type KernelTable<F> = Readonly<Record<string, Readonly<Record<string, F>>>>;

/**
 * The tensor kernels of the Node-API addon (native/tensor). All read and write arrays of the caller, and check their
 * sizes.
 */
export interface TensorAddon extends ConvolutionKernels {
  readonly unary: Readonly<Record<string, UnaryFunction>>;
  readonly binary: KernelTable<BinaryFunction>;
  readonly reduce: KernelTable<ReduceFunction>;
  readonly argReduce: KernelTable<ReduceFunction>;
  /** y takes `run` elements at a time from `yes` where the condition holds, else from `no`. */
  select(condition: Uint8Array, yes: Elements, no: Elements, y: Elements, run: number): void;
  /** Softmax over the last dimension. */
  softmax(x: Float32Array, y: Float32Array, rows: number, columns: number): void;
  /** Copies a strided view; layout: dims, source strides, target strides, in elements. */
  stridedCopy(
    source: Elements,
    sourceOffset: number,
    target: Elements,
    targetOffset: number,
    layout: Int32Array,
  ): void;
  /** x [batch, outer, axis, slice], indices [batch, n], y [batch, outer, n, slice]. */
  gather(
    x: Elements,
    indices: Int32Array,
    y: Elements,
    batch: number,
    outer: number,
    axis: number,
    slice: number,
  ): void;
  readonly resizeBilinear: ResizeFunction;
  readonly resizeBilinearGrad: ResizeFunction;
  readonly resizeNearest: ResizeFunction;
  readonly resizeNearestGrad: ResizeFunction;
}

let loaded: TensorAddon | undefined;

/** The addon, loaded on first use. @throws Error when it has not been built or does not load. */
export function tensorAddon(): TensorAddon {
  loaded ??= loadAddon<TensorAddon>();
  return loaded;
}
