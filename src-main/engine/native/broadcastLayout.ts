/** A broadcast of two contiguous operands: output shape, and the layout that native binary kernels read. */
export interface Broadcast {
  readonly shape: number[];
  /** Dims, strides of a, strides of b (0 where an operand repeats), neighbouring dimensions merged. */
  readonly layout: Int32Array;
}

/**
 * Plans a binary operation under NumPy's broadcasting rules.
 * @throws Error when the shapes do not broadcast.
 */
export function broadcastLayout(a: readonly number[], b: readonly number[]): Broadcast {
  const rank = Math.max(a.length, b.length);
  const shape: number[] = new Array<number>(rank);
  const dims: number[] = [];
  const aStrides: number[] = [];
  const bStrides: number[] = [];
  let aStride = 1;
  let bStride = 1;
  // From the last dimension to the first; a dimension merges with the one after it when both operands run on.
  for (let back = 1; back <= rank; ++back) {
    const aSize = a[a.length - back] ?? 1;
    const bSize = b[b.length - back] ?? 1;
    if (aSize !== bSize && aSize !== 1 && bSize !== 1) {
      throw new Error(
        `Operands could not be broadcast together with shapes ${a.join(',')} and ${b.join(',')}.`,
      );
    }
    const size = aSize === 1 ? bSize : aSize;
    shape[rank - back] = size;
    if (size === 1) continue;
    const aStep = aSize === 1 ? 0 : aStride;
    const bStep = bSize === 1 ? 0 : bStride;
    aStride *= aSize;
    bStride *= bSize;
    const inner = dims.length - 1;
    const innerSize = dims[inner] ?? 0;
    if (
      inner >= 0 &&
      aStep === (aStrides[inner] ?? 0) * innerSize &&
      bStep === (bStrides[inner] ?? 0) * innerSize
    ) {
      dims[inner] = innerSize * size;
    } else {
      dims.push(size);
      aStrides.push(aStep);
      bStrides.push(bStep);
    }
  }
  if (dims.length === 0) return { shape, layout: Int32Array.of(1, 0, 0) };
  return {
    shape,
    layout: Int32Array.from([...dims.reverse(), ...aStrides.reverse(), ...bStrides.reverse()]),
  };
}
