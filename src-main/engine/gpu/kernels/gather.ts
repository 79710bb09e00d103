import type { KernelBuffer, ParameterType } from './kernel.ts';

/**
 * What the kernels of the products have in common. All of them compute, for output channels j and the positions p = (n, y, x) of a grid,
 *   y[j][p] = sum over taps (ky, kx) and channels k of  w[tap, k, j] * x[k][n, y * stride + sign * (ky - pad), x * stride + ...]
 * with zeros outside the image: a convolution (stride 1, sign 1), its gradient for the input (sign -1), the gradient of a transposed
 * convolution for the input (its stride), and a transposed convolution whose kernel is as large as its stride (one tap, one output
 * channel for each cell of the kernel).
 */
export const GATHER_PARAMETERS: Readonly<Record<string, ParameterType>> = {
  /** The grid of the outputs. */
  pixels: 'u32',
  height: 'u32',
  width: 'u32',
  sourcePixels: 'u32',
  sourceHeight: 'i32',
  sourceWidth: 'i32',
  /** Channels that are summed over, and of the output. */
  inputs: 'u32',
  outputs: 'u32',
  side: 'u32',
  stride: 'u32',
  pad: 'i32',
  sign: 'i32',
  /** Where tensors begin in their buffers, in floats. */
  sourceAt: 'u32',
  targetAt: 'u32',
  weightsAt: 'u32',
  /** From one input channel to the next, and from one output channel to the next, in the weights. */
  inputStep: 'u32',
  outputStep: 'u32',
  /** Of bias, or of scale and shift; unused without. */
  epilogueAt: 'u32',
  relu: 'u32',
  /** Of a transposed convolution whose outputs are spread over stride x stride cells: channels of the map, and the stride. */
  spreadChannels: 'u32',
  spreadStride: 'u32',
};

/**
 * What is done to a sum before it is stored: nothing, or a bias or scale and shift of a folded batch norm, and the ReLU behind either.
 */
export type Epilogue = 'none' | 'bias' | 'folded';

export interface ProductVariant {
  readonly epilogue: Epilogue;
  /** Adds to what is there. */
  readonly accumulate: boolean;
  readonly spread: boolean;
}

export function productBuffers({ epilogue }: ProductVariant): KernelBuffer[] {
  const buffers: KernelBuffer[] = [
    { name: 'source', access: 'read' },
    { name: 'weights', access: 'read' },
    { name: 'made', access: 'read_write' },
  ];
  // Biases lie among the weights; the folded scales and shifts do not.
  return epilogue === 'folded' ? [...buffers, { name: 'folded', access: 'read' }] : buffers;
}

export function variantLabel({ epilogue, accumulate, spread }: ProductVariant): string {
  return [epilogue, ...(accumulate ? ['add'] : []), ...(spread ? ['spread'] : [])].join(' ');
}

const RELU = 'if (given.relu == 1u) { values = max(values, vec4<f32>()); }';

/** `store(j, p, four, count)`: puts outputs of channel j at positions p, p + 1, ... where they belong, the first `count` of four. */
export function storeFunction({ epilogue, accumulate, spread }: ProductVariant): string {
  const channel = spread ? 'j % given.spreadChannels' : 'j';
  const finished = {
    none: '',
    bias: `values += weights[given.epilogueAt + ${channel}];
  ${RELU}`,
    folded: `let c = given.epilogueAt + 2u * (${channel});
  values = values * folded[c] + folded[c + 1u];
  ${RELU}`,
  }[epilogue];
  const set = accumulate ? '+=' : '=';
  const put = spread
    ? `let cell = j / given.spreadChannels;
  let s = given.spreadStride;
  let plane = given.targetAt + (j % given.spreadChannels) * given.pixels * s * s;
  for (var i = 0u; i < count; i++) {
    let line = (p + i) / given.width;
    let column = ((p + i) % given.width) * s + cell % s;
    made[plane + (line * s + cell / s) * given.width * s + column] ${set} values[i];
  }`
    : `let at = given.targetAt + j * given.pixels + p;
  for (var i = 0u; i < count; i++) { made[at + i] ${set} values[i]; }`;
  return `
fn store(j: u32, p: u32, four: vec4<f32>, count: u32) {
  var values = four;
  ${finished}
  ${put}
}`;
}
