import type { Kernel } from './kernel.ts';
import { overRange } from './ranges.ts';
import { SUM_THREADS, WORKGROUP_SUM } from './workgroupSum.ts';

const assign = (accumulate: boolean): string => (accumulate ? '+=' : '=');
const adding = (accumulate: boolean): string => (accumulate ? ', add' : '');

/** Images as batches hold them, channel-last, into feature maps. group.x counts ranges of positions. */
export const TAKE_IMAGES: Kernel = {
  label: 'take images',
  buffers: [
    { name: 'images', access: 'read' },
    { name: 'made', access: 'read_write' },
  ],
  parameters: { pixels: 'u32', channels: 'u32', targetAt: 'u32' },
  threads: SUM_THREADS,
  body: overRange(
    'made[given.targetAt + group.y * given.pixels + p] = images[p * given.channels + group.y];',
  ),
};

/** Makes every value of a map of the one in the same place of another. */
function valueByValue(label: string, statement: string): Kernel {
  return {
    label,
    buffers: [
      { name: 'source', access: 'read' },
      { name: 'made', access: 'read_write' },
    ],
    parameters: { pixels: 'u32', sourceAt: 'u32', targetAt: 'u32' },
    threads: SUM_THREADS,
    body: `
  let at = given.sourceAt + group.y * given.pixels;
  let to = given.targetAt + group.y * given.pixels;
  ${overRange(statement)}`,
  };
}

/** Copies a map, or adds it to another. */
export function copy(accumulate: boolean): Kernel {
  return valueByValue(`copy${adding(accumulate)}`, `made[to + p] ${assign(accumulate)} source[at + p];`);
}

/** ReLU that no other kernel does in passing. */
export const RELU: Kernel = valueByValue('relu', 'made[to + p] = max(source[at + p], 0.0);');

/** Passes the gradient on where the output was positive: to another map, or in its own place. */
export function reluGradient(place: 'in place' | 'write' | 'add'): Kernel {
  const inPlace = place === 'in place';
  const passed = 'select(0.0, gradient[begin + p], output[at + p] > 0.0)';
  return {
    label: `relu gradient ${place}`,
    buffers: [
      { name: 'output', access: 'read' },
      { name: 'gradient', access: inPlace ? 'read_write' : 'read' },
      ...(inPlace ? [] : [{ name: 'made', access: 'read_write' } as const]),
    ],
    parameters: { pixels: 'u32', sourceAt: 'u32', gradientAt: 'u32', targetAt: 'u32' },
    threads: SUM_THREADS,
    body: `
  let at = given.sourceAt + group.y * given.pixels;
  let begin = given.gradientAt + group.y * given.pixels;
  let to = given.targetAt + group.y * given.pixels;
  ${overRange(inPlace ? `gradient[begin + p] = ${passed};` : `made[to + p] ${assign(place === 'add')} ${passed};`)}`,
  };
}

/** Where the four values of output position p lie in a map of twice its sides: the first of them. */
const FIRST_OF_FOUR = `let line = p / given.width;
    let first = line * 4u * given.width + 2u * (p % given.width);
    let below = first + 2u * given.width;`;

/** The largest of 2x2 values. `pixels` and `width` are the output's. */
export const MAX_POOL: Kernel = {
  label: 'max pool',
  buffers: [
    { name: 'source', access: 'read' },
    { name: 'made', access: 'read_write' },
  ],
  parameters: { pixels: 'u32', width: 'u32', sourceAt: 'u32', targetAt: 'u32' },
  threads: SUM_THREADS,
  body: `
  let at = given.sourceAt + group.y * 4u * given.pixels;
  let to = given.targetAt + group.y * given.pixels;
  ${overRange(`${FIRST_OF_FOUR}
    made[to + p] = max(max(source[at + first], source[at + first + 1u]), max(source[at + below], source[at + below + 1u]));`)}`,
};

/** Passes the gradient on to the largest of the 2x2 values, the first of equals. */
export function maxPoolGradient(accumulate: boolean): Kernel {
  const set = assign(accumulate);
  return {
    label: `max pool gradient${adding(accumulate)}`,
    buffers: [
      { name: 'source', access: 'read' },
      { name: 'gradient', access: 'read' },
      { name: 'made', access: 'read_write' },
    ],
    parameters: { pixels: 'u32', width: 'u32', sourceAt: 'u32', gradientAt: 'u32', targetAt: 'u32' },
    threads: SUM_THREADS,
    body: `
  let at = given.sourceAt + group.y * 4u * given.pixels;
  let begin = given.gradientAt + group.y * given.pixels;
  let to = given.targetAt + group.y * 4u * given.pixels;
  ${overRange(`${FIRST_OF_FOUR}
    let a = source[at + first];
    let b = source[at + first + 1u];
    let c = source[at + below];
    let d = source[at + below + 1u];
    let g = gradient[begin + p];
    let lower = max(c, d) > max(a, b);
    made[to + first] ${set} select(g, 0.0, lower || b > a);
    made[to + first + 1u] ${set} select(0.0, g, !lower && b > a);
    made[to + below] ${set} select(0.0, g, lower && d <= c);
    made[to + below + 1u] ${set} select(0.0, g, lower && d > c);`)}`,
  };
}

/**
 * Dropout, forward and backward: the mask is a hash of seed and place, drawn again instead of kept. Places are counted as the native
 * engine counts them, rows and images with the gaps that it leaves, so that both draw the same masks.
 */
export function dropout(accumulate: boolean): Kernel {
  return {
    label: `dropout${adding(accumulate)}`,
    buffers: [
      { name: 'source', access: 'read' },
      { name: 'made', access: 'read_write' },
      { name: 'step', access: 'read', element: 'u32' },
    ],
    parameters: {
      pixels: 'u32',
      height: 'u32',
      width: 'u32',
      sourceAt: 'u32',
      targetAt: 'u32',
      layer: 'u32',
      pitch: 'u32',
      imageStep: 'u32',
      channelStep: 'u32',
      threshold: 'u32',
      scale: 'f32',
    },
    threads: SUM_THREADS,
    body: `
  let at = given.sourceAt + group.y * given.pixels;
  let to = given.targetAt + group.y * given.pixels;
  let seed = (step[3] + given.layer * 0x632be59bu) * 0x9e3779b1u;
  ${overRange(`let line = p / given.width;
    let place = group.y * given.channelStep + line / given.height * given.imageStep + line % given.height * given.pitch + p % given.width;
    var hash = place * 0x9e3779b1u + seed;
    hash = (hash ^ (hash >> 16u)) * 0x85ebca6bu;
    hash = (hash ^ (hash >> 13u)) * 0xc2b2ae35u;
    hash = hash ^ (hash >> 16u);
    made[to + p] ${assign(accumulate)} select(0.0, source[at + p] * given.scale, (hash >> 8u) >= given.threshold);`)}`,
  };
}

/** The gradient of a bias: the sum of each channel, range by range, as parts that Adam adds up. */
export const CHANNEL_SUMS: Kernel = {
  label: 'channel sums',
  buffers: [
    { name: 'source', access: 'read' },
    { name: 'gradients', access: 'read_write' },
  ],
  parameters: { pixels: 'u32', channels: 'u32', sourceAt: 'u32', gradientAt: 'u32' },
  threads: SUM_THREADS,
  declarations: WORKGROUP_SUM,
  body: `
  let at = given.sourceAt + group.y * given.pixels;
  var sum = 0.0;
  ${overRange('sum += source[at + p];')}
  sum = total(thread, sum);
  if (thread == 0u) { gradients[given.gradientAt + group.x * given.channels + group.y] = sum; }`,
};
