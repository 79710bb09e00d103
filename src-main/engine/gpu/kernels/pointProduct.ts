import {
  GATHER_PARAMETERS,
  productBuffers,
  type ProductVariant,
  storeFunction,
  variantLabel,
} from './gather.ts';
import { type Kernel, repeat } from './kernel.ts';

const THREADS = 64;

/**
 * A product of any stride for few channels: `share` threads divide the taps of one position among them (1, or 64 where a kernel has
 * hundreds of taps and the map few positions), each for up to `outputs` output channels.
 */
export function pointProduct(outputs: number, share: 1 | 64, variant: ProductVariant): Kernel {
  const alone = share === 1;
  return {
    label: `point product for ${outputs} shared by ${share}, ${variantLabel(variant)}`,
    buffers: productBuffers(variant),
    parameters: GATHER_PARAMETERS,
    threads: THREADS,
    declarations: `${alone ? '' : `var<workgroup> parts: array<f32, ${THREADS * outputs}>;`}${storeFunction(variant)}`,
    body: `
  let p = ${alone ? `group.x * ${THREADS}u + thread` : 'group.x + group.z * 65535u'};
  let known = p < given.pixels;
  let q = min(p, given.pixels - 1u);
  let line = q / given.width;
  let top = i32((line % given.height) * given.stride);
  let left = i32((q % given.width) * given.stride);
  let image = line / given.height * u32(given.sourceHeight * given.sourceWidth);
  let firstOutput = group.y * ${outputs}u;
  ${repeat(
    outputs,
    (j) => `var sum${j} = 0.0;
  let w${j} = given.weightsAt + min(firstOutput + ${j}u, given.outputs - 1u) * given.outputStep;`,
  )}
  let tapStep = given.inputs * given.outputs;
  for (var tap = ${alone ? '0u' : 'thread'}; tap < given.side * given.side; tap += ${share}u) {
    let y = top + given.sign * (i32(tap / given.side) - given.pad);
    let x = left + given.sign * (i32(tap % given.side) - given.pad);
    if (y >= 0 && y < given.sourceHeight && x >= 0 && x < given.sourceWidth) {
      var at = given.sourceAt + image + u32(y * given.sourceWidth + x);
      var factor = tap * tapStep;
      for (var k = 0u; k < given.inputs; k++) {
        let value = source[at];
        ${repeat(outputs, (j) => `sum${j} += weights[w${j} + factor] * value;`)}
        at += given.sourcePixels;
        factor += given.inputStep;
      }
    }
  }
  ${
    alone
      ? repeat(
          outputs,
          (j) =>
            `if (known && firstOutput + ${j}u < given.outputs) { store(firstOutput + ${j}u, p, vec4<f32>(sum${j}), 1u); }`,
        )
      : `${repeat(outputs, (j) => `parts[${j * THREADS}u + thread] = sum${j};`)}
  workgroupBarrier();
  if (known && thread < ${outputs}u && firstOutput + thread < given.outputs) {
    var sum = 0.0;
    for (var i = 0u; i < ${THREADS}u; i++) { sum += parts[thread * ${THREADS}u + i]; }
    store(firstOutput + thread, p, vec4<f32>(sum), 1u);
  }`
  }`,
  };
}
