/**
 * The heavy kernels of the native addon, as `loadAddon<ConvolutionKernels>()` gives them. Tensors are channel-last fp32;
 * outputs are allocated by the caller, written completely, and must not overlap an input. Results have the same bits at
 * any number of threads; between instruction sets they differ by rounding.
 * @throws TypeError or RangeError when an array is missing or its length is not what the geometry says.
 */
export interface ConvolutionKernels {
  /** y [N, outH, outW, outC] = x [N, inH, inW, inC] convolved with filter [fH, fW, inC, outC]. */
  conv2d(x: Float32Array, filter: Float32Array, y: Float32Array, geometry: Int32Array): void;
  /** dx from dy and filter; the forward pass of a transposed convolution as well. */
  conv2dInputGradient(dy: Float32Array, filter: Float32Array, dx: Float32Array, geometry: Int32Array): void;
  conv2dFilterGradient(x: Float32Array, dy: Float32Array, dfilter: Float32Array, geometry: Int32Array): void;

  /**
   * out [max(batchA, batchB), rows, columns] = a * b; `geometry` is [batchA, batchB, rows, depth, columns]. a is
   * [batchA, rows, depth], or [batchA, depth, rows] when transposeA; b is [batchB, depth, columns], or [batchB,
   * columns, depth] when transposeB. A batch of 1 serves every product of the other.
   */
  matMul(
    a: Float32Array,
    b: Float32Array,
    out: Float32Array,
    geometry: Int32Array,
    transposeA: boolean,
    transposeB: boolean,
  ): void;

  /** Maximum of each window; padding takes no part, NaN never wins. */
  maxPool(x: Float32Array, y: Float32Array, geometry: Int32Array): void;
  /** Each window's gradient goes to its first maximum, which is found again from x. */
  maxPoolGradient(dy: Float32Array, x: Float32Array, dx: Float32Array, geometry: Int32Array): void;
  /** Mean of each window's pixels inside the image. */
  averagePool(x: Float32Array, y: Float32Array, geometry: Int32Array): void;
  averagePoolGradient(dy: Float32Array, dx: Float32Array, geometry: Int32Array): void;

  /** y = (x - mean) / sqrt(variance + epsilon) * scale + offset, per channel (the last dimension). */
  batchNormInference(
    x: Float32Array,
    mean: Float32Array,
    variance: Float32Array,
    offset: Float32Array | null,
    scale: Float32Array | null,
    epsilon: number,
    y: Float32Array,
  ): void;
  /** The same with this batch's mean and biased variance, which are written to the last two arguments. */
  batchNormTraining(
    x: Float32Array,
    offset: Float32Array | null,
    scale: Float32Array | null,
    epsilon: number,
    y: Float32Array,
    mean: Float32Array,
    variance: Float32Array,
  ): void;
  /** Gradients of batchNormTraining, from the mean and variance that it returned. */
  batchNormGradient(
    x: Float32Array,
    dy: Float32Array,
    mean: Float32Array,
    variance: Float32Array,
    scale: Float32Array | null,
    epsilon: number,
    dx: Float32Array,
    dscale: Float32Array,
    doffset: Float32Array,
  ): void;

  threadCount(): number;
  /** @throws RangeError below 1. */
  setThreadCount(count: number): void;
  /** The instruction set in use; at first the best one of this processor. */
  instructionSet(): InstructionSet;
  /** What this processor can run, weakest first. */
  instructionSets(): InstructionSet[];
  /** For tests and comparisons. @throws RangeError when the processor lacks it. */
  setInstructionSet(set: InstructionSet): void;
  /** Runs multiply-adds in registers on all threads. @returns the number of floating-point operations done. */
  multiplyAddLoop(iterations: number): number;
}

/** "baseline" is SSE2 on x86-64 and NEON on arm64. */
export type InstructionSet = 'baseline' | 'avx2' | 'avx512';

/** A 2-D convolution; the padding at the bottom and right follows from the output's size. */
export interface ConvolutionGeometry {
  readonly batch: number;
  readonly inHeight: number;
  readonly inWidth: number;
  readonly inChannels: number;
  readonly outHeight: number;
  readonly outWidth: number;
  readonly outChannels: number;
  readonly filterHeight: number;
  readonly filterWidth: number;
  readonly strideHeight: number;
  readonly strideWidth: number;
  readonly dilationHeight: number;
  readonly dilationWidth: number;
  readonly padTop: number;
  readonly padLeft: number;
}

/** A 2-D pooling; `inChannels` equals `outChannels`. */
export type PoolGeometry = Omit<ConvolutionGeometry, 'outChannels'>;

/** The geometry argument of the convolutions. */
export function convolutionGeometry(g: ConvolutionGeometry): Int32Array {
  return Int32Array.of(
    ...[g.batch, g.inHeight, g.inWidth, g.inChannels, g.outHeight, g.outWidth, g.outChannels],
    ...[g.filterHeight, g.filterWidth, g.strideHeight, g.strideWidth, g.dilationHeight, g.dilationWidth],
    ...[g.padTop, g.padLeft],
  );
}

/** The geometry argument of the poolings. */
export function poolGeometry(g: PoolGeometry): Int32Array {
  return Int32Array.of(
    ...[g.batch, g.inHeight, g.inWidth, g.inChannels, g.outHeight, g.outWidth],
    ...[g.filterHeight, g.filterWidth, g.strideHeight, g.strideWidth, g.dilationHeight, g.dilationWidth],
    ...[g.padTop, g.padLeft],
  );
}
