import type { Kernel, ParameterType } from './kernel.ts';
import { SUM_THREADS } from './workgroupSum.ts';

/** Words of a crop in the table: see below. */
export const CROP_WORDS = 12;
/** Values of the curve of gamma for each crop: between two of them it is a straight line. */
export const CURVE_STEPS = 256;
export const CURVE_VALUES = CURVE_STEPS + 2;
/** Neighbouring pixels of a thread, whose marks make a word. */
const TOGETHER = 4;

/** `page`: the buffer of held images that is bound; crops of others are another run's. */
const PARAMETERS: Readonly<Record<string, ParameterType>> = { side: 'u32', channels: 'u32', page: 'u32' };

/**
 * Where a pixel of the crop of this slot lies in its image, by the table: first word of the image, first word of its marks, width,
 * height, top, left, symmetry (bit 0 mirrors left-right, bit 1 top-bottom, bit 2 exchanges rows and columns), whether intensities change,
 * contrast, brightness, page. Beyond a border the image is reflected, as training/reflect does.
 */
const SOURCE = `
fn reflect(position: i32, length: i32) -> i32 {
  if (length == 1) { return 0; }
  let period = 2 * (length - 1);
  let wrapped = ((position % period) + period) % period;
  return select(period - wrapped, wrapped, wrapped < length);
}
fn sourceOf(entry: u32, pixel: u32) -> u32 {
  let side = i32(given.side);
  let i = i32(pixel / given.side);
  let j = i32(pixel % given.side);
  let symmetry = crops[entry + 6u];
  let turned = (symmetry & 4u) != 0u;
  var row = select(i, j, turned);
  var column = select(j, i, turned);
  if ((symmetry & 2u) != 0u) { row = side - 1 - row; }
  if ((symmetry & 1u) != 0u) { column = side - 1 - column; }
  let width = i32(crops[entry + 2u]);
  let y = reflect(bitcast<i32>(crops[entry + 4u]) + row, i32(crops[entry + 3u]));
  let x = reflect(bitcast<i32>(crops[entry + 5u]) + column, width);
  return u32(y * width + x);
}`;

/** The darkest and brightest value of each crop whose intensities change. group.x is the slot. */
export const CROP_EXTREMES: Kernel = {
  label: 'crop extremes',
  buffers: [
    { name: 'held', access: 'read', element: 'u32' },
    { name: 'crops', access: 'read', element: 'u32' },
    { name: 'extremes', access: 'read_write' },
  ],
  parameters: PARAMETERS,
  threads: SUM_THREADS,
  declarations: `${SOURCE}
var<workgroup> lows: array<f32, ${SUM_THREADS}>;
var<workgroup> highs: array<f32, ${SUM_THREADS}>;`,
  body: `
  let entry = group.x * ${CROP_WORDS}u;
  if (crops[entry + 10u] != given.page) { return; }
  var low = 3.4e38;
  var high = -3.4e38;
  for (var pixel = thread; pixel < given.side * given.side; pixel += ${SUM_THREADS}u) {
    let at = crops[entry] + sourceOf(entry, pixel) * given.channels;
    for (var c = 0u; c < given.channels; c++) {
      let value = bitcast<f32>(held[at + c]);
      low = min(low, value);
      high = max(high, value);
    }
  }
  lows[thread] = low;
  highs[thread] = high;
  workgroupBarrier();
  if (thread == 0u) {
    for (var i = 1u; i < ${SUM_THREADS}u; i++) {
      low = min(low, lows[i]);
      high = max(high, highs[i]);
    }
    extremes[2u * group.x] = low;
    extremes[2u * group.x + 1u] = high;
  }`,
};

/** Crops as batches hold them, from images that the card holds. group.x counts pixels, group.y is the slot. */
export const CUT_CROPS: Kernel = {
  label: 'cut crops',
  buffers: [
    { name: 'held', access: 'read', element: 'u32' },
    { name: 'crops', access: 'read', element: 'u32' },
    { name: 'extremes', access: 'read' },
    { name: 'curves', access: 'read' },
    { name: 'images', access: 'read_write' },
    { name: 'masks', access: 'read_write', element: 'u32' },
  ],
  parameters: PARAMETERS,
  threads: SUM_THREADS,
  declarations: SOURCE,
  body: `
  let area = given.side * given.side;
  let first = (group.x * ${SUM_THREADS}u + thread) * ${TOGETHER}u;
  if (first >= area) { return; }
  let entry = group.y * ${CROP_WORDS}u;
  if (crops[entry + 10u] != given.page) { return; }
  let low = extremes[2u * group.y];
  let range = extremes[2u * group.y + 1u] - low;
  let changed = crops[entry + 7u] == 1u && range > 0.0;
  let contrast = bitcast<f32>(crops[entry + 8u]);
  let brightness = bitcast<f32>(crops[entry + 9u]);
  let scale = ${CURVE_STEPS}.0 / range;
  let curve = group.y * ${CURVE_VALUES}u;
  var marks = 0u;
  for (var i = 0u; i < ${TOGETHER}u; i++) {
    let pixel = sourceOf(entry, first + i);
    marks |= ((held[crops[entry + 1u] + (pixel >> 2u)] >> (8u * (pixel & 3u))) & 255u) << (8u * i);
    let to = (group.y * area + first + i) * given.channels;
    for (var c = 0u; c < given.channels; c++) {
      var value = bitcast<f32>(held[crops[entry] + pixel * given.channels + c]);
      if (changed) {
        let position = (value - low) * scale;
        let left = min(u32(position), ${CURVE_STEPS}u);
        let begin = (low + range * curves[curve + left]) * contrast + brightness;
        let next = (low + range * curves[curve + left + 1u]) * contrast + brightness;
        value = begin + (next - begin) * (position - f32(left));
      }
      images[to + c] = value;
    }
  }
  masks[(group.y * area + first) / ${TOGETHER}u] = marks;`,
};

/** Workgroups of CUT_CROPS along x. */
export function cutGroups(side: number): number {
  return Math.ceil(side ** 2 / (TOGETHER * SUM_THREADS));
}
