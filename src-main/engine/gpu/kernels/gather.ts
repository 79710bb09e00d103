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
  /** What is done to a sum before it is stored; zero for no. */
  bias: 'u32',
  relu: 'u32',
  /** To what is there already, instead of in its place. */
  add: 'u32',
  /** Where the biases begin, or scales and shifts. */
  epilogueAt: 'u32',
  /** Of a transposed convolution whose outputs are spread over stride x stride cells: channels of the map, and the stride. */
  spreadChannels: 'u32',
  spreadStride: 'u32',
};

export interface ProductVariant {
  /** Scale and shift of a batch norm are applied to the sum. */
  readonly folded: boolean;
  /** A transposed convolution whose outputs are spread over the cells of its kernel. */
  readonly spread: boolean;
}

export function productBuffers({ folded }: ProductVariant): KernelBuffer[] {
  const buffers: KernelBuffer[] = [
    { name: 'source', access: 'read' },
    { name: 'weights', access: 'read' },
    { name: 'made', access: 'read_write' },
  ];
  // Biases lie among the weights; the folded scales and shifts do not.
  return folded ? [...buffers, { name: 'folded', access: 'read' }] : buffers;
}

export function variantLabel({ folded, spread }: ProductVariant): string {
  return [folded ? 'folded' : 'plain', ...(spread ? ['spread'] : [])].join(' ');
}

/**
 * `store(j, p, four, count)`: puts outputs of channel j at positions p, p + 1, ... where they belong, the first `count` of four. What
 * differs between a forward pass and a gradient is a parameter and not another kernel: compiling takes longer than the question.
 */
export function storeFunction({ folded, spread }: ProductVariant): string {
  const channel = spread ? 'j % given.spreadChannels' : 'j';
  const finished = folded
    ? `let c = given.epilogueAt + 2u * (${channel});
  values = values * folded[c] + folded[c + 1u];`
    : `if (given.bias == 1u) { values += weights[given.epilogueAt + ${channel}]; }`;
  const put = spread
    ? `let cell = j / given.spreadChannels;
  let s = given.spreadStride;
  let plane = given.targetAt + (j % given.spreadChannels) * given.pixels * s * s;
  for (var i = 0u; i < count; i++) {
    let line = (p + i) / given.width;
    let column = ((p + i) % given.width) * s + cell % s;
    made[plane + (line * s + cell / s) * given.width * s + column] = values[i];
  }`
    : `let at = given.targetAt + j * given.pixels + p;
  for (var i = 0u; i < count; i++) {
    var value = values[i];
    if (given.add == 1u) { value += made[at + i]; }
    made[at + i] = value;
  }`;
  return `
fn store(j: u32, p: u32, four: vec4<f32>, count: u32) {
  var values = four;
  ${finished}
  if (given.relu == 1u) { values = max(values, vec4<f32>()); }
  ${put}
}`;
}
