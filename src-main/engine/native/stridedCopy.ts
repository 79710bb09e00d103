import { util } from '@tensorflow/tfjs-core';
import { type Elements, tensorAddon } from './tensorAddon.ts';

/** A view into an array: where it starts and how far, in elements, a step along each dimension goes. */
export interface View {
  readonly offset: number;
  readonly strides: readonly number[];
}

/** Row-major strides of a contiguous array, the last one 1. */
export function contiguousStrides(shape: readonly number[]): number[] {
  const strides = new Array<number>(shape.length);
  let stride = 1;
  for (let d = shape.length - 1; d >= 0; --d) {
    strides[d] = stride;
    stride *= shape[d] ?? 1;
  }
  return strides;
}

/** Copies the view `from` of `source` to the view `to` of `target`, both of `shape`. */
export function stridedCopy(
  shape: readonly number[],
  source: Elements,
  from: View,
  target: Elements,
  to: View,
): void {
  if (util.sizeFromShape([...shape]) === 0) return;
  const layout = Int32Array.from([...shape, ...from.strides, ...to.strides]);
  tensorAddon().stridedCopy(source, from.offset, target, to.offset, layout);
}
