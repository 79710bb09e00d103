import { FILTER_BUFFERS, FILTER_PARAMETERS } from './filterGradient.ts';
import type { Kernel } from './kernel.ts';

const THREADS = 64;

/** The gradient of a large kernel of few channels over few positions: a thread for each weight. group.z is the part of the positions. */
export const ELEMENT_FILTER_GRADIENT: Kernel = {
  label: 'element filter gradient',
  buffers: FILTER_BUFFERS,
  parameters: FILTER_PARAMETERS,
  threads: THREADS,
  body: `
  let weight = (group.x + group.y * 65535u) * ${THREADS}u + thread;
  if (weight >= given.size) { return; }
  let b = weight % given.rights;
  let a = weight / given.rights % given.lefts;
  let tap = weight / (given.rights * given.lefts);
  let dy = i32(tap / given.side) - given.pad;
  let dx = i32(tap % given.side) - given.pad;
  let end = min((group.z + 1u) * given.chunk, given.pixels);
  var sum = 0.0;
  for (var p = group.z * given.chunk; p < end; p++) {
    let line = p / given.width;
    let y = i32(line % given.height * given.stride) + dy;
    let x = i32(p % given.width * given.stride) + dx;
    if (y >= 0 && y < given.sourceHeight && x >= 0 && x < given.sourceWidth) {
      let at = line / given.height * u32(given.sourceHeight * given.sourceWidth) + u32(y * given.sourceWidth + x);
      sum += left[given.leftAt + a * given.sourcePixels + at] * right[given.rightAt + b * given.pixels + p];
    }
  }
  gradients[given.gradientAt + group.z * given.size + weight] = sum;`,
};

/** Workgroups of a dispatch, along x and y. */
export function elementGroups(size: number): readonly [number, number] {
  const groups = Math.ceil(size / THREADS);
  return [Math.min(groups, 65535), Math.ceil(groups / 65535)];
}
