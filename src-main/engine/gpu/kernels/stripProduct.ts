import {
  GATHER_PARAMETERS,
  productBuffers,
  type ProductVariant,
  storeFunction,
  variantLabel,
} from './gather.ts';
import { type Kernel, repeat } from './kernel.ts';

const STRIP = 4;
const THREADS = 128;

/**
 * A product of stride 1 for few channels: a thread computes four neighbours of a row for up to eight output channels, and reads each
 * value that its taps of a row share once. Nothing goes through workgroup memory: the values of neighbouring threads lie in the cache.
 * @param side of the kernel, odd
 * @param outputs channels of a thread
 * @param sign of the taps, as in gather.ts
 */
export function stripProduct(side: number, outputs: number, sign: 1 | -1, variant: ProductVariant): Kernel {
  const radius = (side - 1) / 2;
  const reach = STRIP + side - 1;
  const value = (tap: number) => {
    // With sign -1 the taps run backwards over the row.
    const first = sign === 1 ? tap : side - 1 - tap;
    return `vec4<f32>(${Array.from({ length: STRIP }, (_, i) => `v${first + i}`).join(', ')})`;
  };
  return {
    label: `strip product ${side}x${side} sign ${sign} for ${outputs}, ${variantLabel(variant)}`,
    buffers: productBuffers(variant),
    parameters: GATHER_PARAMETERS,
    threads: THREADS,
    declarations: storeFunction(variant),
    body: `
  let strips = (given.width + ${STRIP - 1}u) / ${STRIP}u;
  let strip = group.x * ${THREADS}u + thread;
  let line = strip / strips;
  if (line * given.width >= given.pixels) { return; }
  let left = (strip % strips) * ${STRIP}u;
  let y = i32(line % given.height);
  let image = line / given.height * given.height;
  let firstOutput = group.y * ${outputs}u;
  ${repeat(
    reach,
    (i) => `let x${i} = i32(left) + ${i - radius};
  let in${i} = x${i} >= 0 && x${i} < given.sourceWidth;
  let at${i} = u32(select(0, x${i}, in${i}));`,
  )}
  ${repeat(
    outputs,
    (j) => `var sum${j} = vec4<f32>();
  let w${j} = given.weightsAt + min(firstOutput + ${j}u, given.outputs - 1u) * given.outputStep;`,
  )}
  let tapStep = given.inputs * given.outputs;
  for (var k = 0u; k < given.inputs; k++) {
    for (var ky = 0; ky < ${side}; ky++) {
      let sourceRow = y + ${sign} * (ky - ${radius});
      if (sourceRow >= 0 && sourceRow < given.sourceHeight) {
        let begin = given.sourceAt + k * given.sourcePixels + (image + u32(sourceRow)) * given.width;
        ${repeat(reach, (i) => `let v${i} = select(0.0, source[begin + at${i}], in${i});`)}
        let tap = u32(ky) * ${side}u * tapStep + k * given.inputStep;
        ${repeat(side, (kx) => repeat(outputs, (j) => `sum${j} += weights[w${j} + tap + ${kx}u * tapStep] * ${value(kx)};`))}
      }
    }
  }
  let p = line * given.width + left;
  let count = min(${STRIP}u, given.width - left);
  ${repeat(outputs, (j) => `if (firstOutput + ${j}u < given.outputs) { store(firstOutput + ${j}u, p, sum${j}, count); }`)}`,
  };
}

/** Workgroups along the positions. */
export function stripGroups({ pixels, width }: { readonly pixels: number; readonly width: number }): number {
  return Math.ceil(((pixels / width) * Math.ceil(width / STRIP)) / THREADS);
}
