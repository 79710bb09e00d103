import { FILTER_BUFFERS, FILTER_PARAMETERS } from './filterGradient.ts';
import { type Kernel, repeat } from './kernel.ts';

const THREADS = 64;

/**
 * The gradient of a filter with few channels: a workgroup takes one row of taps of one left channel with up to `rights` right ones, and
 * one part of the positions. group.x is the part, group.y left channel and row of taps, group.z the block of right channels.
 * @param side of the kernel
 */
export function rowFilterGradient(side: number, rights: number): Kernel {
  const count = side * rights;
  const name = (index: number) => `sum${index % side}_${Math.floor(index / side)}`;
  return {
    label: `row filter gradient ${side} for ${rights}`,
    buffers: FILTER_BUFFERS,
    parameters: FILTER_PARAMETERS,
    threads: THREADS,
    declarations: `var<workgroup> parts: array<f32, ${count * THREADS}>;`,
    body: `
  let a = group.y / ${side}u;
  let ky = group.y % ${side}u;
  let firstRight = group.z * ${rights}u;
  let begin = group.x * given.chunk;
  let end = min(begin + given.chunk, given.pixels);
  let leftBegin = given.leftAt + a * given.sourcePixels;
  ${repeat(rights, (b) => `let from${b} = given.rightAt + min(firstRight + ${b}u, given.rights - 1u) * given.pixels;`)}
  ${repeat(count, (i) => `var ${name(i)} = 0.0;`)}
  for (var p = begin + thread; p < end; p += ${THREADS}u) {
    let line = p / given.width;
    let y = i32(line % given.height * given.stride + ky) - given.pad;
    if (y >= 0 && y < given.sourceHeight) {
      let at = leftBegin + line / given.height * u32(given.sourceHeight * given.sourceWidth) + u32(y * given.sourceWidth);
      let x = i32(p % given.width * given.stride) - given.pad;
      ${repeat(side, (kx) => `let l${kx} = select(0.0, left[at + u32(clamp(x + ${kx}, 0, given.sourceWidth - 1))], x + ${kx} >= 0 && x + ${kx} < given.sourceWidth);`)}
      ${repeat(rights, (b) => `let r${b} = right[from${b} + p];`)}
      ${repeat(count, (i) => `${name(i)} += l${i % side} * r${Math.floor(i / side)};`)}
    }
  }
  ${repeat(count, (i) => `parts[${i * THREADS}u + thread] = ${name(i)};`)}
  workgroupBarrier();
  for (var index = thread; index < ${count}u; index += ${THREADS}u) {
    let b = firstRight + index / ${side}u;
    if (b < given.rights) {
      // In four chains, so that additions do not wait for each other.
      var chains = vec4<f32>();
      for (var i = 0u; i < ${THREADS}u; i += 4u) {
        let at = index * ${THREADS}u + i;
        chains += vec4<f32>(parts[at], parts[at + 1u], parts[at + 2u], parts[at + 3u]);
      }
      let tap = ky * ${side}u + index % ${side}u;
      gradients[given.gradientAt + group.x * given.size + (tap * given.lefts + a) * given.rights + b] =
        (chains.x + chains.y) + (chains.z + chains.w);
    }
  }`,
  };
}
