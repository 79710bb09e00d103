import {
  GATHER_PARAMETERS,
  productBuffers,
  type ProductVariant,
  storeFunction,
  variantLabel,
} from './gather.ts';
import { type Kernel, repeat } from './kernel.ts';

const THREADS = 128;

/**
 * A transposed convolution for few channels: output position (Y, X) takes from input (Y + pad - ky) / stride those taps that reach it.
 * `pixels`, `height`, `width` are the output's here, `source...` the input's; kernels lie [tap][output][input].
 */
export function spreadProduct(outputs: number, variant: ProductVariant): Kernel {
  return {
    label: `spread product for ${outputs}, ${variantLabel(variant)}`,
    buffers: productBuffers(variant),
    parameters: GATHER_PARAMETERS,
    threads: THREADS,
    declarations: storeFunction(variant),
    body: `
  let p = group.x * ${THREADS}u + thread;
  if (p >= given.pixels) { return; }
  let line = p / given.width;
  let image = line / given.height * u32(given.sourceHeight * given.sourceWidth);
  let down = line % given.height + u32(given.pad);
  let right = p % given.width + u32(given.pad);
  let firstOutput = group.y * ${outputs}u;
  ${repeat(
    outputs,
    (j) => `var sum${j} = 0.0;
  let w${j} = given.weightsAt + min(firstOutput + ${j}u, given.outputs - 1u) * given.outputStep;`,
  )}
  let tapStep = given.inputs * given.outputs;
  for (var ky = down % given.stride; ky < given.side; ky += given.stride) {
    let y = (i32(down) - i32(ky)) / i32(given.stride);
    if (down >= ky && y < given.sourceHeight) {
      for (var kx = right % given.stride; kx < given.side; kx += given.stride) {
        let x = (i32(right) - i32(kx)) / i32(given.stride);
        if (right >= kx && x < given.sourceWidth) {
          var at = given.sourceAt + image + u32(y * given.sourceWidth + x);
          var factor = (ky * given.side + kx) * tapStep;
          for (var k = 0u; k < given.inputs; k++) {
            let value = source[at];
            ${repeat(outputs, (j) => `sum${j} += weights[w${j} + factor] * value;`)}
            at += given.sourcePixels;
            factor += given.inputStep;
          }
        }
      }
    }
  }
  ${repeat(
    outputs,
    (j) =>
      `if (firstOutput + ${j}u < given.outputs) { store(firstOutput + ${j}u, p, vec4<f32>(sum${j}), 1u); }`,
  )}`,
  };
}
