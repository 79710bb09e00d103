import type { KernelBuffer, ParameterType } from './kernel.ts';

/**
 * What the kernels of filter gradients have in common:
 *   g[tap][a][b] = sum over positions p = (n, y, x) of  left[a][n, y * stride + ky - pad, x * stride + kx - pad] * right[b][p]
 * For a convolution `left` is its input and `right` the gradient of its output; for a transposed one the other way round. Positions are
 * divided into parts of `chunk`, each of which leaves its own sum, `size` floats after the one before; Adam adds them up.
 */
export const FILTER_PARAMETERS: Readonly<Record<string, ParameterType>> = {
  pixels: 'u32',
  height: 'u32',
  width: 'u32',
  sourcePixels: 'u32',
  sourceHeight: 'i32',
  sourceWidth: 'i32',
  lefts: 'u32',
  rights: 'u32',
  side: 'u32',
  stride: 'u32',
  pad: 'i32',
  leftAt: 'u32',
  rightAt: 'u32',
  gradientAt: 'u32',
  chunk: 'u32',
  size: 'u32',
};

export const FILTER_BUFFERS: readonly KernelBuffer[] = [
  { name: 'left', access: 'read' },
  { name: 'right', access: 'read' },
  { name: 'gradients', access: 'read_write' },
];
